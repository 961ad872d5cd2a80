"""This file is about the one way to write checked data down: canonical JSON and its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any


def canonical_text(value: Any) -> str:
    """Sorted keys, no spaces, numbers as strings, so that equal data are equal texts."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """sha256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(part: Any) -> str:
    """The key under which a dataclass field is written; `from` is a word of Python."""
    return str(part.metadata.get("key", part.name))


def optional(part: Any) -> bool:
    """Whether a field may be left out. Left out it is written nowhere: texts that are older than
    the field stay the same."""
    return bool(part.metadata.get("optional"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        parts = ((part, getattr(value, part.name)) for part in fields(value))
        return {key_of(p): _plain(said) for p, said in parts if said is not None or not optional(p)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return format(value.to_integral_value() if whole else value.normalize(), "f")
    return str(value)
