"""This file is about what the browser sends to look for events, and to take them along."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms.validators import Optional, ValidationError

from clinic.accounts.queries import everybody_here
from clinic.accounts.rules.trail import ACTIONS
from clinic.core import records
from clinic.core.acting import acting
from clinic.core.audit.reading import Search
from clinic.core.forms import BaseForm, Choice, Identifier, LocalDate, Text, required

NOBODY = "No patient of this clinic has this number."


class TrailForm(BaseForm):
    """Which events. All may be left empty; days are the clinic's, both included.

    A number is typed and sent; in an address the patient stands by her id.
    """

    first_on = LocalDate("From", [Optional()], name="from")
    last_on = LocalDate("To", [Optional()], name="to")
    person = Choice("Person", [Optional()], choices=[])
    action = Choice("What was done", [Optional()], choices=list(ACTIONS.items()))
    number = Text("Patient number", [Optional()], longest=40)
    patient = Identifier("Patient", [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient_id: uuid.UUID | None = None
        self.person.choices = [(str(person_id), name) for person_id, name in everybody_here()]

    def validate_last_on(self, field: LocalDate) -> None:
        """Not before the first day."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError("Enter a last day that is not before the first.")

    def validate_number(self, field: Text) -> None:
        """A patient of this clinic."""
        self.patient_id = patient_meant(field)

    def validate_patient(self, field: Identifier) -> None:
        """The same by her id, from an address; her number is shown in the form."""
        if self.number.data or field.data is None:
            return
        self.number.data = records.numbers_of([field.data]).get(field.data)
        if self.number.data is None:
            raise ValidationError(NOBODY)
        self.patient_id = field.data

    def search(self) -> Search:
        """What is looked for, once the form is valid."""
        return Search(
            since=midnight(self.first_on.data),
            until=midnight(self.last_on.data, days=1),
            actor_id=uuid.UUID(self.person.data) if self.person.data else None,
            action=self.action.data,
            patient_id=self.patient_id,
        )


class TrailExportForm(TrailForm):
    """The same, and what the file is for."""

    purpose = Text("Purpose", [required("Enter what this file is for.")], longest=500)


class WhoViewedForm(BaseForm):
    """The number of the patient whose record was opened."""

    number = Text("Patient number", [required("Enter the number of the patient.")], longest=40)

    def validate_number(self, field: Text) -> None:
        """A patient of this clinic."""
        self.patient_id = patient_meant(field)


def patient_meant(field: Text) -> uuid.UUID | None:
    """The patient whose number was typed; none while the field has other faults."""
    if field.errors or not field.data:
        return None
    patient_id = records.patient_by_number(field.data.upper())
    if patient_id is None:
        raise ValidationError(NOBODY)
    return patient_id


def midnight(day: date | None, days: int = 0) -> datetime | None:
    """The beginning of a day on the clinic's wall, or of one so many days later."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days), time(), acting().timezone)
