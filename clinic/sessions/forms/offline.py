"""This file is about what a tablet says of its outbox: who it is, what was discarded and why."""

from clinic.core.forms import BaseForm, Identifier, Text, required


class TabletForm(BaseForm):
    """Which tablet asks."""

    tablet = Identifier("Tablet", [required("Say which tablet asks.")])


class DiscardForm(BaseForm):
    """An entry that is not saved: what it said, and why."""

    kind = Text("Kind", [required("Say what kind of entry it was.")], longest=20)
    reason = Text("Reason", [required("Enter why it is discarded.")], longest=500)
    content = Text("What it said", longest=20_000)
