"""This file is about turning nested text into checked dataclasses, with every fault named.

The tree is made of dict, list, str and None. A `line` on any of them (see marked YAML) goes into
the message; canonical JSON has none.
"""

import difflib
import re
import types
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from clinic.notation.rules.canonical import key_of, optional

WHOLE = re.compile(r"(0|[1-9][0-9]{0,8})")
SIGNED = re.compile(r"0|-?[1-9][0-9]{0,8}")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
FAILED = object()

Fault = tuple[str, str]
"""Path below the checked part, and a sentence that says what to write."""


Signed = NewType("Signed", int)
"""A whole number that may lie below zero; a plain int may not."""


class NotationError(ValueError):
    """What was written cannot be used. `problems`: one sentence each, with file and line.

    `null_means`: what an empty value says in this kind of document.
    """

    null_means = "not known"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Reader:
    """Reads one document; remembers the line of each path and every problem."""

    file: str
    error: type[NotationError]
    problems: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def fail(self, path: str, what: str) -> object:
        line = self._line(path)
        where = f"{self.file}, line {line}" if line else self.file
        self.problems.append((line, f"{where}: {path}: {what}" if path else f"{where}: {what}"))
        return FAILED

    def _line(self, path: str) -> int:
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 0)

    def mark(self, path: str, *values: Any) -> None:
        line = next((value.line for value in values if hasattr(value, "line")), None)
        if line:
            self.lines[path] = line

    def raise_if_any(self) -> None:
        if self.problems:
            raise self.error([text for _, text in sorted(self.problems)])


def parse(
    kind: type[Any],
    tree: Any,
    file: str,
    check: Callable[[Mapping[str, Any]], Iterable[Fault]],
    error: type[NotationError],
) -> Any:
    """A `kind` from a tree. `check` sees all parts that could be read, by field name.

    Raises `error` with all problems of form and all faults that `check` finds.
    """
    reader = Reader(file, error)
    reader.mark("", tree)
    parts = _parts(reader, kind, tree, "")
    for path, what in check({n: part for n, part in parts.items() if part is not FAILED}):
        reader.fail(path, what)
    reader.raise_if_any()
    return kind(**parts)


@cache
def _hints_of(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _hints(kind: Any) -> dict[str, Any]:
    return _hints_of(kind)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _parts(reader: Reader, kind: type[Any], tree: Any, path: str) -> dict[str, Any]:
    known = {key_of(part): part.name for part in fields(kind)}
    if not isinstance(tree, dict):
        reader.fail(path, f"must hold the keys {', '.join(known)}.")
        return dict.fromkeys(known.values(), FAILED)
    for key, value in tree.items():
        reader.mark(_join(path, key), key, value)
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            meant = f"Write {near[0]}." if near else f"Use only {', '.join(known)}."
            reader.fail(_join(path, key), f"this key is not known. {meant}")
    return {
        part.name: _part(reader, _hints(kind)[part.name], part, tree, path) for part in fields(kind)
    }


def _part(reader: Reader, kind: Any, part: Any, tree: dict[str, Any], path: str) -> Any:
    key = key_of(part)
    path = _join(path, key)
    if key in tree:
        return _value(reader, kind, tree[key], path)
    if optional(part):
        return None
    return reader.fail(path, f"is missing. Write {key}: {_hint(reader, kind)}")


def _hint(reader: Reader, kind: Any) -> str:
    if type(None) in get_args(kind):
        return f"and a value, or null for: {reader.error.null_means}."
    return "and a value."


def _value(reader: Reader, kind: Any, value: Any, path: str) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(kind) if arg is not type(None))
        return None if value is None else _value(reader, inner, value, path)
    if get_origin(kind) is tuple:
        return _items(reader, get_args(kind)[0], value, path)
    if get_origin(kind) is Mapping:
        return _mapping(reader, get_args(kind)[1], value, path)
    if is_dataclass(kind):
        parts = _parts(reader, kind, value, path)  # type: ignore[arg-type]
        failed = any(part is FAILED for part in parts.values())
        return FAILED if failed else kind(**parts)  # type: ignore[operator]
    return _leaf(reader, kind, value, path)


def _items(reader: Reader, kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, list):
        return reader.fail(path, "must be a list. Write [] for none, or one line each with -.")
    items = []
    for number, item in enumerate(value, 1):
        reader.mark(f"{path}.{number}", item)
        items.append(_value(reader, kind, item, f"{path}.{number}"))
    return FAILED if any(item is FAILED for item in items) else tuple(items)


def _mapping(reader: Reader, kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        return reader.fail(path, "must be a list of names, each with its own keys.")
    for key, item in value.items():
        reader.mark(_join(path, key), key, item)
    read = {str(key): _value(reader, kind, item, _join(path, key)) for key, item in value.items()}
    return FAILED if any(item is FAILED for item in read.values()) else read


def _leaf(reader: Reader, kind: Any, value: Any, path: str) -> Any:
    if kind is bool:
        return _yes_or_no(reader, value, path)
    if not isinstance(value, str) or not value.strip():
        return reader.fail(path, f"is empty or not text. {_wanted(kind)}")
    if kind is int:
        return int(value) if WHOLE.fullmatch(value) else _strict(reader, kind, value, path)
    if kind is Signed:
        return int(value) if SIGNED.fullmatch(value) else _strict(reader, kind, value, path)
    if kind is Decimal:
        return Decimal(value) if NUMBER.fullmatch(value) else _strict(reader, kind, value, path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        words = [str(member.value) for member in kind]
        return kind(value) if value in words else _strict(reader, kind, value, path)
    return str(value)


def _yes_or_no(reader: Reader, value: Any, path: str) -> Any:
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False}
    return words[value] if value in words else reader.fail(path, "Write true or false.")


def _strict(reader: Reader, kind: Any, value: str, path: str) -> object:
    shown = value if len(value) <= 40 else f"{value[:40]}..."
    return reader.fail(path, f'"{shown}" cannot be used. {_wanted(kind)}')


def _wanted(kind: Any) -> str:
    if kind is int:
        return "Write a whole number with digits only, such as 30."
    if kind is Signed:
        return "Write a whole number with digits and at most a minus sign, such as -5."
    if kind is Decimal:
        return "Write a number with digits and at most one point, such as 0.5."
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"Write one of: {', '.join(str(member.value) for member in kind)}."
    return "Write a text."
