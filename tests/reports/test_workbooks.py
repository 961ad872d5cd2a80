"""This file is about the cells and sheets of a workbook."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clinic.reports.actions import spreadsheets
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column

NOW = datetime(2026, 3, 12, 13, tzinfo=UTC)


def test_a_sheet_that_is_full_goes_on_in_another_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    columns = (Column[Any]("n", "A number", Kind.INTEGER, lambda n: n),)
    made = io.BytesIO()

    with spreadsheets.opened(made, NOW, tmp_path) as book:
        for n in range(5):
            book.sheet("A title with thirty-one letters", columns).add([n])

    found = openpyxl.load_workbook(made)
    assert found.sheetnames == [
        "A title with thirty-one letters",
        "A title with thirty-one let (2)",
        "A title with thirty-one let (3)",
    ]
    values = [[cell.value for cell in sheet["A"]] for sheet in found]
    assert values == [["n", 0, 1], ["n", 2, 3], ["n", 4]]
    assert all(sheet.freeze_panes == "A2" for sheet in found)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.DECIMAL, Decimal("37.4"), 37.4),
        (Kind.YES_NO, True, True),
        (Kind.DAY, date(2026, 3, 12), datetime(2026, 3, 12)),  # noqa: DTZ001
        (Kind.CODE, "=1+1", "=1+1"),
        (Kind.TEXT, "x" * 32_768, "x" * (32_767 - len(spreadsheets.CUT)) + spreadsheets.CUT),
    ],
)
def test_a_cell_of_each_kind(kind: Kind, value: Any, shown: Any, tmp_path: Path) -> None:
    made = io.BytesIO()
    columns = (Column[Any]("one", "One", kind, lambda row: row),)

    with spreadsheets.opened(made, NOW, tmp_path) as book:
        book.sheet("One", columns).add([value])

    assert openpyxl.load_workbook(made)["One"]["A2"].value == shown


def test_a_day_is_written_as_utc_in_its_own_column(tmp_path: Path) -> None:
    made = io.BytesIO()
    columns = (Column[Any]("at_utc", "When", Kind.MOMENT_UTC, lambda row: row),)

    with spreadsheets.opened(made, NOW, tmp_path) as book:
        book.sheet("One", columns).add([datetime(2026, 3, 12, 10, tzinfo=UTC)])

    assert openpyxl.load_workbook(made)["One"]["A2"].value == datetime(2026, 3, 12, 10)  # noqa: DTZ001
