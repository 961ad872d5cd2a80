"""This file is about the order of rows of which some name others of the same table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


class OutOfOrder(ValueError):
    """Rows name others that are not there, or each other in a circle."""


def parents_first(rows: Iterable[Row], keys: Sequence[str]) -> Iterator[Row]:
    """Each row after those of its table that it names. Only what waits is kept, and every id.

    Raises OutOfOrder at the end for what cannot be put in order.
    """
    seen: set[Any] = set()
    waiting: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        ready = [row]
        while ready:
            one = ready.pop()
            missing = next((one[key] for key in keys if not is_there(one[key], seen)), None)
            if missing is not None:
                waiting[missing].append(one)
                continue
            yield one
            seen.add(one["id"])
            ready += waiting.pop(one["id"], [])
    if waiting:
        raise OutOfOrder(f"{sum(map(len, waiting.values()))} rows name others that are not there")


def is_there(parent_id: Any, seen: set[Any]) -> bool:
    """Whether a row may follow: its parent came, or it names none."""
    return parent_id is None or parent_id in seen
