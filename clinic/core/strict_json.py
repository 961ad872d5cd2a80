"""This file is about JSON from outside: numbers kept as text, no NaN, no depths, no doubles."""

import json
from typing import Any

from clinic.core.errors import DomainError

DEEPEST = 32


class BadJson(DomainError):
    """A body that is not the JSON we take."""

    status = 400


def loads(body: bytes) -> Any:
    """Parse a request body. Raises BadJson with a sentence."""
    if deepest(body) > DEEPEST:
        raise BadJson(f"The JSON is nested more than {DEEPEST} deep. Nothing was saved.")
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_float=str,
            parse_int=str,
            parse_constant=refuse_constant,
            object_pairs_hook=no_doubles,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BadJson("This is not valid JSON. Nothing was saved.") from None


def deepest(body: bytes) -> int:
    """An upper bound of the nesting: brackets inside texts count too, on the safe side."""
    depth = most = 0
    for byte in body:
        if byte in b"[{":
            depth += 1
            most = max(most, depth)
        elif byte in b"]}":
            depth -= 1
    return most


def refuse_constant(name: str) -> Any:
    """NaN and Infinity are not JSON."""
    raise BadJson(f"{name} is not a number. Nothing was saved.")


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with one value for each name."""
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise BadJson("A name stands twice in the JSON. Nothing was saved.")
    return dict(pairs)
