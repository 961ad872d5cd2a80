"""This file is about the table of antidepressant trials as it is typed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import Optional

from clinic.core.forms import BaseForm, Decimal_, Text, WholeNumber, required
from clinic.evaluation.rules import Medicine, TableError, TrialTable

MORE = 4  # empty lines below those that are filled
MOST = 60
LINE = ("name", "dose", "weeks", "source")


class TableForm(BaseForm):
    """Numbers for all medicines, then one line for each; lines without a name are left out."""

    weeks_from = WholeNumber("Weeks that are long enough", [Optional()], unit="weeks", high=104)
    weeks_source = Text("Source of the weeks", [Optional()], longest=300)
    needed = WholeNumber("Failed trials needed", [Optional()], unit="trials", high=20)
    needed_source = Text("Source of the number needed", [Optional()], longest=300)
    reason = Text("What changes, and why", [required("Write what changes, and why.")], longest=500)
    lines = 0

    def rows(self) -> Iterator[tuple[Field, Field, Field, Field]]:
        """(name, dose, weeks, source) of each line."""
        for n in range(1, self.lines + 1):
            yield (self[f"name_{n}"], self[f"dose_{n}"], self[f"weeks_{n}"], self[f"source_{n}"])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a number has its source beside it, and a line its medicine."""
        valid: bool = super().validate(extra_validators)
        for name, dose, weeks, source in self.rows():
            numbers = dose.data is not None or weeks.data is not None
            if numbers and not name.data:
                name.errors = [*name.errors, "Enter the medicine."]
            if numbers and not source.data:
                source.errors = [*source.errors, "Write where this number comes from."]
            valid = valid and not (name.errors or source.errors)
        return valid

    def table(self) -> TrialTable | None:
        """What was typed, as a table; None when it cannot be one, and the form says why."""
        medicines = tuple(
            Medicine(name.data, dose.data, weeks.data, source.data)
            for name, dose, weeks, source in self.rows()
            if name.data
        )
        typed = TrialTable(
            self.weeks_from.data,
            self.weeks_source.data,
            self.needed.data,
            self.needed_source.data,
            medicines,
        )
        try:
            return TrialTable.from_json(typed.to_json())
        except TableError as error:
            self.form_errors.extend(sentence.rpartition(": ")[2] for sentence in error.problems)
            return None


def table_form(in_force: TrialTable, sent: MultiDict[str, Any] | None = None) -> TableForm:
    """The form of a table: as it was sent, else filled with the one in force."""
    lines = min(max(len(in_force.medicines) + MORE, sent_lines(sent)), MOST)
    form: TableForm = form_class(lines)(formdata=sent if sent is not None else typed(in_force))
    return form


def sent_lines(sent: MultiDict[str, Any] | None) -> int:
    """How many lines a sent form has."""
    numbers = [key.removeprefix("name_") for key in sent or () if key.startswith("name_")]
    return max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 3), default=0)


def form_class(lines: int) -> type[TableForm]:
    """A form with so many lines."""
    fields: dict[str, Any] = {"lines": lines}
    for n in range(1, lines + 1):
        fields[f"name_{n}"] = Text(f"Medicine, line {n}", [Optional()], longest=80)
        fields[f"dose_{n}"] = Decimal_(
            f"Dose that is enough, line {n}",
            [Optional()],
            unit="mg a day",
            low=Decimal("0.1"),
            high=Decimal(5000),
        )
        fields[f"weeks_{n}"] = WholeNumber(f"Weeks, line {n}", [Optional()], unit="weeks", high=104)
        fields[f"source_{n}"] = Text(f"Source, line {n}", [Optional()], longest=300)
    return type("TableLinesForm", (TableForm,), fields)


def typed(table: TrialTable) -> MultiDict[str, str]:
    """A table as somebody would type it."""
    said: dict[str, Any] = {
        "weeks_from": table.weeks_from,
        "weeks_source": table.weeks_source,
        "needed": table.needed,
        "needed_source": table.needed_source,
    }
    for n, medicine in enumerate(table.medicines, 1):
        values = (medicine.name, medicine.dose_from_mg, medicine.weeks_from, medicine.source)
        said |= {f"{key}_{n}": value for key, value in zip(LINE, values, strict=True)}
    return MultiDict({key: str(value) for key, value in said.items() if value is not None})
