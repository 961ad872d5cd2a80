"""This file is about the table that says when an antidepressant trial was adequate, as data."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import Fault, NotationError, parse

MOST_MEDICINES = 60


class TableError(NotationError):
    """The table cannot be used. `problems`: one sentence each."""

    null_means = "not set by this clinic"


@dataclass(frozen=True)
class Medicine:
    """Enough from `dose_from_mg` a day, for `weeks_from` weeks. None: not set by this clinic.

    `weeks_from` None: as the table says for all. A number has a source.
    """

    name: str
    dose_from_mg: Decimal | None
    weeks_from: int | None
    source: str | None


@dataclass(frozen=True)
class TrialTable:
    """`weeks_from` for every medicine that has no number of its own; `needed`: trials that fail."""

    weeks_from: int | None
    weeks_source: str | None
    needed: int | None
    needed_source: str | None
    medicines: tuple[Medicine, ...]

    @staticmethod
    def from_tree(tree: Any, file: str) -> "TrialTable":
        """A table from nested dict, list and str; raises TableError with every fault."""
        table: TrialTable = parse(TrialTable, tree, file, check_table, TableError)
        return table

    @staticmethod
    def from_json(text: str) -> "TrialTable":
        """The table written by `to_json`."""
        return TrialTable.from_tree(json.loads(text), "canonical text")

    def to_json(self) -> str:
        """Canonical text: sorted keys, no spaces, numbers as strings."""
        return canonical.canonical_text(self)

    @property
    def digest(self) -> str:
        """sha256 of the canonical text, in hexadecimal."""
        return canonical.digest(self.to_json())

    def find(self, name: str) -> Medicine | None:
        """A medicine by its name: capital letters do not count, nor what follows, such as XR."""
        wanted = name.casefold().split()
        return next(
            (m for m in self.medicines if wanted[:1] == m.name.casefold().split()[:1]), None
        )


def check_table(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """A number has its source, a medicine stands once."""
    for what in ("weeks", "needed"):
        value = parts.get("weeks_from" if what == "weeks" else "needed")
        if value is not None and not parts.get(f"{what}_source"):
            yield f"{what}_source", "is missing. Write where this number comes from."
    medicines = parts.get("medicines", ())
    if len(medicines) > MOST_MEDICINES:
        yield "medicines", f"are too many. Keep {MOST_MEDICINES} at most."
    for number, medicine in enumerate(medicines, 1):
        numbers = (medicine.dose_from_mg, medicine.weeks_from)
        if any(n is not None for n in numbers) and not medicine.source:
            yield f"medicines.{number}.source", "is missing. Write where this number comes from."
    names = Counter(medicine.name.casefold().split()[0] for medicine in medicines)
    for name, times in names.items():
        if times > 1:
            yield "medicines", f"{name.capitalize()} stands here {times} times. Keep one line."
