"""This file is about how one value of a row stands in JSON, and how it is read back exactly."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a column holds. `null` in any of them: nothing was said."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes-no"
    DAY = "day"
    MOMENT = "moment"
    BYTES = "bytes"


Json = str | int | bool | None
READ: dict[Kind, Callable[[str], object]] = {
    Kind.ID: UUID,
    Kind.DECIMAL: Decimal,
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
}


def spelled(value: object) -> Json:
    """A value as JSON holds it. Raises TypeError for one that no column of ours has."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no column holds {type(value).__name__}")


def read(kind: Kind, value: Json) -> object:
    """What was spelled. Raises ValueError for what a column of this kind cannot hold."""
    if value is None:
        return None
    if not isinstance(value, HELD[kind]) or isinstance(value, bool) != (kind is Kind.YES_NO):
        raise ValueError(f"{value!r} is no {kind}")
    try:
        if kind is Kind.BYTES:
            return base64.b64decode(str(value), validate=True)
        return READ[kind](str(value)) if kind in READ else value
    except (ValueError, ArithmeticError) as fault:
        raise ValueError(f"{value!r} is no {kind}") from fault


HELD: dict[Kind, type] = dict.fromkeys(Kind, str) | {
    Kind.INTEGER: int,
    Kind.YES_NO: bool,
}
