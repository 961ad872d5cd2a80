"""This file is about visits as they are typed."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms.validators import Optional
from wtforms.widgets import TextArea

from clinic.core.forms import (
    BaseForm,
    Choice,
    LocalDateTime,
    RequiredIf,
    Text,
    WholeNumber,
    required,
)
from clinic.integration.rules import Kind, Status, VisitFacts

KINDS = (
    (Kind.INTEGRATION, "Integration talk"),
    (Kind.PSYCHOTHERAPY, "Psychotherapy"),
    (Kind.LACTATION, "Lactation support"),
    (Kind.PEER_GROUP, "Peer group"),
    (Kind.DAY_UNIT, "Mother-baby day unit"),
    (Kind.OTHER, "Other support"),
)
STATUSES = (
    (Status.PLANNED, "Planned"),
    (Status.DONE, "Done"),
    (Status.MISSED, "Missed"),
    (Status.NOT_WANTED, "Not wanted"),
)
IN_ERROR = (Status.ERROR, "Entered in error")
NO_DOSE = ("no-dose", "Not tied to a dose")
NOT_OURS = ("not-ours", "Nobody of the clinic")
LONGEST_VISIT = 600  # an entry check, in minutes


class VisitForm(BaseForm):
    """One visit. People and doses are (id, words)."""

    kind = Choice("What", [required("Choose what it is.")], choices=KINDS)
    status = Choice("State", [required("Choose how it stands.")], choices=STATUSES)
    session_id = Choice(
        "After dose",
        [
            RequiredIf(
                "kind",
                Kind.INTEGRATION,
                sentence="Choose the dose it follows, or that it follows none.",
            )
        ],
        choices=(),
    )
    starts_at = LocalDateTime("Date and time", [required("Enter date and time.")])
    minutes = WholeNumber("Length", [Optional()], unit="min", low=1, high=LONGEST_VISIT)
    modality = Text("Modality", [Optional()], longest=120)
    therapist_id = Choice("Held by", [Optional()], choices=())
    therapist_name = Text("Name of somebody outside the clinic", [Optional()], longest=120)
    reason = Text("Reason", [Optional()], longest=500)
    shared_note = Text("Line shared with the team", [Optional()], longest=500, widget=TextArea())
    version = WholeNumber("Version", [Optional()])

    def __init__(
        self,
        *args: Any,
        doses: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        stored: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session_id.choices = [*doses, NO_DOSE]
        self.therapist_id.choices = [*people, NOT_OURS]
        self.status.choices = [*STATUSES, IN_ERROR] if stored else list(STATUSES)

    def facts(self) -> VisitFacts:
        """What was entered, once it is valid."""
        return VisitFacts(
            kind=Kind(self.kind.data),
            status=Status(self.status.data),
            starts_at=self.starts_at.data,
            session_id=chosen(self.session_id, NO_DOSE),
            modality=self.modality.data,
            therapist_id=chosen(self.therapist_id, NOT_OURS),
            therapist_name=self.therapist_name.data,
            minutes=self.minutes.data,
            reason=self.reason.data,
            shared_note=self.shared_note.data,
        )


def chosen(field: Choice, none: tuple[str, str]) -> uuid.UUID | None:
    """The id that was chosen; None for no answer and for the answer that says none."""
    return None if field.data in (None, none[0]) else uuid.UUID(field.data)


class NoteForm(BaseForm):
    """A note for oneself."""

    text = Text("My own note", [required("Write the note.")], longest=5000, widget=TextArea())
