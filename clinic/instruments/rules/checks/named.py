"""This file is about names inside a scale: used once, and only names that exist."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from clinic.notation.rules.parsing import Fault

Parts = Mapping[str, Any]


def numbers_of(parts: Parts) -> tuple[str, ...] | None:
    """The item numbers, or None when the items could not be read."""
    items = parts.get("items")
    return None if items is None else tuple(item.number for item in items)


def scores_by_item(parts: Parts) -> dict[str, tuple[int, ...]]:
    """The scores of every item whose options exist."""
    options = parts.get("options", {})
    return {
        item.number: tuple(o.score for o in options[item.options] if o.score is not None)
        for item in parts.get("items", ())
        if item.options in options
    }


def once(path: str, key: str, names: Iterable[str]) -> Iterator[Fault]:
    """A fault for each name that is used before."""
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if name in seen:
            yield f"{path}.{number}.{key}", f"{name} is used twice. Write another."
        seen.add(name)


def known(path: str, names: Iterable[str], items: Collection[str] | None) -> Iterator[Fault]:
    """A fault for each name that is no item."""
    if items is None:
        return
    for number, name in enumerate(names, 1):
        if name not in items:
            yield f"{path}.{number}", f"{name} is not an item. Use {', '.join(items)}."
