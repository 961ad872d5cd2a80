"""This file is about one cell of a file: what its column holds, spelled one way."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from clinic.notation.rules.spreadsheet import safe


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


WORDS = (str,)
HOLDS: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: WORDS,
    Kind.CODE: WORDS,
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
    if type(value) is str and HOLDS[kind] is WORDS:
        return safe(value)
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
