"""This file is about one line of a file: cells that a spreadsheet cannot run, quotes, line ends."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

# What makes a spreadsheet run a cell, in both widths; and the mark itself, so that taking one mark
# away always gives back what was typed.
RUNS = tuple("=+-@\t\r\n＝＋－＠")
MARK = "'"


class Kind(StrEnum):
    """What a column holds. An empty cell of any kind: nothing was said."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes-no"
    DAY = "day"
    MOMENT = "moment"
    MOMENT_UTC = "moment-utc"


HOLDS: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.CODE: (str,),
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, Decimal),
    Kind.YES_NO: (bool,),
    Kind.DAY: (date,),
    Kind.MOMENT: (datetime,),
    Kind.MOMENT_UTC: (datetime,),
}


def cell(kind: Kind, value: object) -> str:
    """A value as the file holds it. Raises TypeError for a value that its column does not hold."""
    if value is None:
        return ""
    if not isinstance(value, HOLDS[kind]) or (isinstance(value, bool) != (kind is Kind.YES_NO)):
        raise TypeError(f"a {kind} cell cannot hold {type(value).__name__}")
    return safe(value) if isinstance(value, str) else spelled(kind, value)


def spelled(kind: Kind, value: object) -> str:
    """A number, day or moment; numbers stay numbers, also negative ones."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if kind is Kind.MOMENT_UTC else value
        text = moment.isoformat(timespec="seconds")
        return text.replace("+00:00", "Z") if kind is Kind.MOMENT_UTC else text
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def safe(text: str) -> str:
    """A text with a mark before it when a spreadsheet would run it, or when it begins with one."""
    return MARK + text if text.startswith((*RUNS, MARK)) else text


def line(cells: Iterable[str]) -> str:
    """One line of CSV: commas, quotes where needed, CR LF at its end (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def file_name(*parts: str) -> str:
    """`harbour-sessions-2026-03-01-to-2026-03-12.csv`: letters, digits and hyphens only."""
    words = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)
    return f"{'-'.join(filter(None, words)) or 'export'}.csv"
