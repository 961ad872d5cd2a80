"""This file is about what a file says of itself: its format, whose it is, what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "clinic-whole-1"
Schema = Mapping[str, Mapping[str, Any]]  # table -> its description
NAMED = ("clinic", "clinic_id", "made_at", "tables", "trail")


class Unreadable(ValueError):
    """The file is none of ours, was changed, or belongs to another version of the program."""


@dataclass(frozen=True)
class Manifest:
    """`tables`: name -> rows and SHA-256 (hex) of its lines. `trail`: events, and newest hash."""

    clinic: str
    clinic_id: str
    made_at: str
    tables: Mapping[str, Mapping[str, Any]]
    trail: Mapping[str, Any]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table["rows"] for table in self.tables.values())

    def as_tree(self) -> dict[str, Any]:
        """The same as nested dict, for writing."""
        return {"format": FORMAT} | {name: getattr(self, name) for name in NAMED}

    @staticmethod
    def from_tree(tree: Any) -> "Manifest":
        """What `as_tree` wrote. Raises Unreadable."""
        if not isinstance(tree, dict) or tree.get("format") != FORMAT:
            raise Unreadable(f"This is no file of a whole clinic in the format {FORMAT}.")
        if missing := [name for name in NAMED if name not in tree]:
            raise Unreadable(f"Its manifest does not say: {', '.join(missing)}.")
        return Manifest(**{name: tree[name] for name in NAMED})


def differences(theirs: Schema, ours: Schema) -> Iterator[str]:
    """How the tables of a file differ from those of this installation, as sentences."""
    for name in sorted(theirs.keys() | ours.keys()):
        if name not in ours or name not in theirs:
            yield f"table {name} is only in the {'file' if name in theirs else 'installation'}"
            continue
        here, there = columns_of(ours[name]), columns_of(theirs[name])
        for column in sorted(here.keys() | there.keys()):
            if here.get(column) != there.get(column):
                yield f"column {name}.{column} is not the same"


def columns_of(table: Mapping[str, Any]) -> dict[str, tuple[str, bool]]:
    """Column -> what it holds, and whether it may be empty."""
    return {c["name"]: (c["kind"], c["may_be_empty"]) for c in table["columns"]}
