"""This file is about taking a record out without her name, as it is typed."""

from clinic.core.forms import BaseForm, Choice, Flag, Identifier, Text, required

SIZES = (("a4", "A4"), ("letter", "Letter"))


class DeidentifiedForm(BaseForm):
    """What for, on which paper, and whether typed words may be in it."""

    purpose = Text("What for", [required("Enter what it is for.")], longest=200)
    size = Choice("Paper", [required("Choose the paper.")], choices=SIZES)
    words = Flag("Print typed words too: I have read them, and they name nobody")


class SessionWantedForm(BaseForm):
    """Which session, by the id that the exports use."""

    session_id = Identifier("Session", [required("Enter the id of the session.")])
