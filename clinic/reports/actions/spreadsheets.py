"""This file is about a workbook: a sheet for each table with typed cells, and what they mean.

Rows are written as they come and never kept, so a workbook of any length costs the same memory.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from clinic.reports.actions.formats import Format
from clinic.reports.actions.pouring import pour, tables_of
from clinic.reports.queries.source import Source
from clinic.reports.rules import Column, Table
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import all_rows, lines_of
from clinic.reports.rules.tables import DICTIONARY, described

MOST_ROWS = 1_048_576  # of one sheet, its head included
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
CUT = " … (cut here: a cell holds no more; the CSV has all of it)"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOW = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LOOKS = {
    "head": {"bold": True, "bottom": 1},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}


@dataclass
class Book:
    """A workbook that is being written. `sheets`: by title, the last of each."""

    workbook: Any
    looks: dict[str, Any]
    sheets: dict[str, "Sheet"] = field(default_factory=dict)

    def sheet(self, title: str, columns: tuple[Column[Any], ...]) -> "Sheet":
        """The sheet that takes the next row of a table; another one once it is full."""
        last = self.sheets.get(title)
        if last is None or last.used >= MOST_ROWS:
            self.sheets[title] = self.begun(title, columns, last.number + 1 if last else 1)
        return self.sheets[title]

    def begun(self, title: str, columns: tuple[Column[Any], ...], number: int) -> "Sheet":
        """A sheet with its head, which stays in sight."""
        end = f" ({number})" if number > 1 else ""
        page = self.workbook.add_worksheet(title[: LONGEST_NAME - len(end)] + end)
        page.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            page.set_column(place, place, width_of(column))
            page.write_string(0, place, column.name, self.looks["head"])
        return Sheet(page, columns, self.looks, number)


@dataclass
class Sheet:
    """One sheet. `used`: rows so far."""

    page: Any
    columns: tuple[Column[Any], ...]
    looks: dict[str, Any]
    number: int
    used: int = 1

    def add(self, values: Iterable[object]) -> None:
        """One row. An empty cell: nothing was said."""
        for place, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            if value is not None:
                WRITERS[column.kind](self, place, value)
        self.used += 1

    def text(self, place: int, value: Any) -> None:
        """Words, which never run."""
        fits = len(value) <= LONGEST_TEXT
        self.page.write_string(
            self.used, place, value if fits else value[: LONGEST_TEXT - len(CUT)] + CUT
        )

    def number_(self, place: int, value: Any) -> None:
        """A number, to calculate with; a decimal is written as it stands."""
        self.page.write_number(self.used, place, value)

    def yes_no(self, place: int, value: Any) -> None:
        """True or false."""
        self.page.write_boolean(self.used, place, value)

    def day(self, place: int, value: date) -> None:
        """A day."""
        self.page.write_datetime(self.used, place, value, self.looks["day"])

    def moment(self, place: int, value: datetime) -> None:
        """A moment on the clinic's wall. A cell holds no offset; UTC stands beside it."""
        shown = value.replace(tzinfo=None)
        self.page.write_datetime(self.used, place, shown, self.looks["moment"])

    def moment_utc(self, place: int, value: datetime) -> None:
        """A moment in UTC."""
        self.moment(place, value.astimezone(UTC))


WRITERS: dict[Kind, Callable[[Sheet, int, Any], None]] = {
    Kind.TEXT: Sheet.text,
    Kind.CODE: Sheet.text,
    Kind.INTEGER: Sheet.number_,
    Kind.DECIMAL: Sheet.number_,
    Kind.YES_NO: Sheet.yes_no,
    Kind.DAY: Sheet.day,
    Kind.MOMENT: Sheet.moment,
    Kind.MOMENT_UTC: Sheet.moment_utc,
}


def width_of(column: Column[Any]) -> int:
    """Wide enough to read, in characters."""
    return max(len(column.name) + 2, 20 if "moment" in column.kind else 10)


def write(order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress) -> int:
    """A sheet for each table, and the dictionary. A row lies in its piece as a line of JSON."""
    pieces = progress.pieces

    def take(table: Table, one: Any) -> None:
        rows = [json.dumps(values, default=str) + "\n" for values in table.values(one, mask)]
        if rows:
            pieces.add(table.code, "".join(rows).encode(), len(rows))

    pour(order, source, progress, take)
    with opened(file, source.now, progress.place) as book:
        for table in tables_of(order):
            book.sheet(table.title, table.columns)
        for table in tables_of(order):
            for row in lines_of(pieces.read(table.code)):
                values = read_back(table.columns, json.loads(row))
                book.sheet(table.title, table.columns).add(values)
        for one in described():
            if one.table.code in order.what:
                values = [column.value(one) for column in DICTIONARY]
                book.sheet("Dictionary", DICTIONARY).add(values)
    return all_rows(pieces)


READ_BACK: dict[Kind, Callable[[str], object]] = {
    Kind.DECIMAL: Decimal,
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.MOMENT_UTC: datetime.fromisoformat,
}


def read_back(columns: tuple[Column[Any], ...], row: list[Any]) -> list[Any]:
    """The values of a line with their types; a moment with its offset instead of its zone."""
    return [
        READ_BACK[column.kind](value)
        if isinstance(value, str) and column.kind in READ_BACK
        else value
        for column, value in zip(columns, row, strict=True)
    ]


@contextmanager
def opened(file: BinaryIO, now: datetime, place: Path) -> Iterator[Book]:
    """A workbook that is closed when all went well, and forgotten otherwise.

    place: where its rows lie until then.
    """
    settings = HOW | {"constant_memory": True, "tmpdir": str(place)}
    workbook = import_module("xlsxwriter").Workbook(file, settings)
    workbook.set_properties({"created": now.replace(tzinfo=None)})
    try:
        yield Book(workbook, {name: workbook.add_format(look) for name, look in LOOKS.items()})
    except BaseException:
        workbook.fileclosed = True  # its end would write the rest into a file that is closed
        raise
    workbook.close()


XLSX = Format("xlsx", "XLSX", "one sheet per table", ".xlsx", SPREADSHEET, write, has_trail=True)
