"""This file is about what comes from paper: a flowsheet as a file, one line by hand, a check."""

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from clinic.core.forms import BaseForm, Flag, LocalDate, Text, required
from clinic.sessions.forms.session import Signature
from clinic.sessions.rules.paper import COLUMNS

CELL = {"events": 1000, "note": 4000}


class SheetForm(BaseForm):
    """A flowsheet as a file."""

    sheet: Any = FileField("Flowsheet")
    checked = Flag("Unlikely values were compared with the paper")

    def validate_sheet(self, field: Any) -> None:
        """A file, and something in it."""
        if not field.data or not field.data.filename:
            raise ValidationError("Choose the file.")


def cell(column: str) -> Text:
    """The field of one column; only the time must be there."""
    needed = [required("Enter the time.")] if column == "time" else []
    return Text(column, needed, longest=CELL.get(column, 40))


class PaperLineForm(BaseForm):
    """One line of a flowsheet, column by column, as it stands on the paper."""

    on_day = LocalDate("Day", [required("Enter the day.")])
    time = cell("time")
    bp = cell("BP")
    hr = cell("HR")
    rr = cell("RR")
    spo2 = cell("SpO2")
    moaas = cell("MOAA/S")
    dissociation = cell("dissociation")
    events = cell("events")
    note = cell("note")
    checked = Flag("Unlikely values were compared with the paper")

    @property
    def cells(self) -> dict[str, str]:
        """What was typed, by column."""
        own = {field.label.text: field.data or "" for field in self if field.label.text in COLUMNS}
        return {column: own[column] for column in COLUMNS}


class SecondPersonForm(Signature):
    """A second person has compared the transcription with the paper."""
