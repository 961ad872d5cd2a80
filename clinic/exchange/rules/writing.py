"""This file is about JSON in which a decimal keeps its digits: 36.50 stays 36.50."""

import json
from decimal import Decimal
from typing import Any


def json_text(value: Any) -> str:
    """A value of dict, list, str, bool, int, Decimal and None as JSON, without spaces.

    Raises TypeError for anything else: a float has no digits of its own.
    """
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)}:{json_text(one)}" for key, one in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"JSON cannot hold {type(value).__name__}")
