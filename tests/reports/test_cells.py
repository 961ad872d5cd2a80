"""This file is about cells and lines: read back exactly, and nothing for a spreadsheet to run."""

import csv
import io
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from clinic.notation.rules.spreadsheet import MARK, RUNS, line
from clinic.reports.rules import TABLES, dictionary, file_name
from clinic.reports.rules.cells import Kind, cell

TYPED = [
    '=HYPERLINK("http://evil")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    "'tis",
    'She said "stop", twice',
    "two\nlines",
    "semi;colon, comma",
    "😀 Zoë",
    "plain",
]


def unmarked(read: str) -> str:
    return read.removeprefix(MARK)


@pytest.mark.parametrize("typed", TYPED)
def test_a_text_comes_back_as_typed_and_no_spreadsheet_runs_it(typed):
    """A13: formulas."""
    written = line([cell(Kind.TEXT, typed), "next"])

    [[read, following]] = list(csv.reader(io.StringIO(written, newline="")))

    assert (unmarked(read), following) == (typed, "next")
    assert not read.startswith(RUNS)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (Kind.INTEGER, -4, "-4"),
        (Kind.INTEGER, 0, "0"),
        (Kind.DECIMAL, Decimal("0.50"), "0.50"),
        (Kind.DECIMAL, Decimal("1E+2"), "100"),
        (Kind.DECIMAL, Decimal("-0.1"), "-0.1"),
        (Kind.YES_NO, True, "yes"),
        (Kind.YES_NO, False, "no"),
        (Kind.DAY, date(2026, 3, 12), "2026-03-12"),
        (Kind.TEXT, None, ""),
        (Kind.YES_NO, None, ""),
    ],
)
def test_a_number_stays_a_number_and_nothing_stays_empty(kind, value, written):
    assert cell(kind, value) == written


def test_a_moment_is_written_with_its_offset_and_in_utc():
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    assert cell(Kind.MOMENT, moment) == "2026-07-01T00:30:00+01:00"
    assert cell(Kind.MOMENT_UTC, moment) == "2026-06-30T23:30:00Z"


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.INTEGER, "120"), (Kind.INTEGER, True), (Kind.YES_NO, 1), (Kind.TEXT, 5)],
)
def test_a_column_refuses_a_value_of_another_kind(kind, value):
    with pytest.raises(TypeError):
        cell(kind, value)


def test_lines_end_as_the_format_wants_it():
    assert line(["a", "b"]) == "a,b\r\n"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("harbour", "sessions"), "harbour-sessions.csv"),
        (("=cmd|'/C calc'!A0", "x"), "cmd-c-calc-a0-x.csv"),
        (("../../etc/passwd",), "etc-passwd.csv"),
        (("☃",), "export.csv"),
    ],
)
def test_a_file_name_holds_letters_digits_and_hyphens(parts, name):
    """A13: formulas."""
    assert file_name(*parts) == name


def test_the_dictionary_describes_exactly_the_columns_of_the_files():
    described = list(csv.DictReader(io.StringIO(dictionary(), newline="")))

    for table in TABLES.values():
        [head] = list(csv.reader(io.StringIO(table.head(), newline="")))
        assert head == [row["column"] for row in described if row["table"] == table.code]
        assert len(head) == len(set(head))
        assert not any(name.startswith((*RUNS, MARK)) for name in head)


def test_every_column_says_what_it_means():
    assert all(
        column.meaning and column.kind for table in TABLES.values() for column in table.columns
    )
