"""This file is about lasting treatments and meetings of groups as they are typed."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms.validators import Optional

from clinic.core.forms import (
    BaseForm,
    Choice,
    LocalDate,
    LocalDateTime,
    RequiredIf,
    Text,
    WholeNumber,
    required,
)
from clinic.integration.forms.visits import KINDS, LONGEST_VISIT, NOT_OURS, chosen
from clinic.integration.rules import LASTING, GroupFacts, Kind, Status, TreatmentFacts

LASTING_KINDS = [(kind, words) for kind, words in KINDS if kind in LASTING]
MOST_VISITS = 200  # an entry check


class TreatmentForm(BaseForm):
    """A treatment that lasts."""

    kind = Choice("What", [required("Choose what it is.")], choices=LASTING_KINDS)
    title = Text("In words", [required("Write what it is in words.")], longest=120)
    given_by = Text("Given by", [Optional()], longest=120)
    visits_planned = WholeNumber("Visits planned", [Optional()], low=1, high=MOST_VISITS)
    started_on = LocalDate("First day", [required("Enter the first day.")])
    stopped_on = LocalDate("Last day", [Optional()])
    note = Text("Note", [Optional()], longest=500)
    version = WholeNumber("Version", [Optional()])

    def facts(self) -> TreatmentFacts:
        """What was entered, once it is valid."""
        return TreatmentFacts(
            kind=Kind(self.kind.data),
            title=self.title.data,
            started_on=self.started_on.data,
            stopped_on=self.stopped_on.data,
            given_by=self.given_by.data,
            visits_planned=self.visits_planned.data,
            note=self.note.data,
        )


class ErrorForm(BaseForm):
    """Why a row should not be there."""

    reason = Text("What is wrong with it", [required("Write what is wrong with it.")], longest=500)
    version = WholeNumber("Version", [Optional()])


class GroupForm(BaseForm):
    """One meeting of a group."""

    kind = Choice("What", [required("Choose what it is.")], choices=LASTING_KINDS)
    title = Text("Name of the group", [required("Write the name of the group.")], longest=120)
    starts_at = LocalDateTime("Date and time", [required("Enter date and time.")])
    minutes = WholeNumber("Length", [Optional()], unit="min", low=1, high=LONGEST_VISIT)
    therapist_id = Choice("Held by", [Optional()], choices=())
    therapist_name = Text("Name of somebody outside the clinic", [Optional()], longest=120)
    version = WholeNumber("Version", [Optional()])

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.therapist_id.choices = [*people, NOT_OURS]

    def facts(self) -> GroupFacts:
        """What was entered, once it is valid."""
        return GroupFacts(
            kind=Kind(self.kind.data),
            title=self.title.data,
            starts_at=self.starts_at.data,
            minutes=self.minutes.data,
            therapist_id=chosen(self.therapist_id, NOT_OURS),
            therapist_name=self.therapist_name.data,
        )


class ListForm(BaseForm):
    """Who comes to a meeting."""

    course_id = Choice("Who", [required("Choose who is expected.")], choices=())

    def __init__(self, *args: Any, courses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course_id.choices = list(courses)

    def chosen(self) -> uuid.UUID:
        """Her course."""
        return uuid.UUID(self.course_id.data)


class AttendanceForm(BaseForm):
    """Whether she came."""

    status = Choice(
        "State",
        [required("Choose whether she came.")],
        choices=(
            (Status.DONE, "Came"),
            (Status.MISSED, "Did not come"),
            (Status.NOT_WANTED, "Not wanted"),
            (Status.ERROR, "Entered in error"),
        ),
    )
    reason = Text(
        "Reason",
        [RequiredIf("status", Status.MISSED, Status.ERROR, sentence="Write the reason.")],
        longest=500,
    )

    def code(self) -> Status:
        """How it stands, once it is valid."""
        return Status(self.status.data)
