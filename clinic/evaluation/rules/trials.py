"""This file is about antidepressant trials: enough dose, long enough, failed, and how many.

Numbers come from a table that each clinic keeps; where it has none the judgement is "not known".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinic.evaluation.rules.trial_table import TrialTable

LITTLE = ("under-25", "25-49")
BY_TABLE, COUNTS, NOT_COUNTED = "by-table", "counts", "not-counted"


@dataclass(frozen=True)
class Judged:
    """One trial as it was told, and what follows; None is "not known".

    `counts`: adequate and failed. `overruled`: a person judged otherwise, for `reason`.
    """

    medicine: str
    dose: str | None
    weeks: str | None
    improvement: str | None
    dose_enough: bool | None
    dose_from: Decimal | None
    long_enough: bool | None
    weeks_from: int | None
    counts: bool | None
    overruled: bool
    reason: str | None


@dataclass(frozen=True)
class Resistance:
    """Trials that count against the number needed. `resistant` None: it cannot be said."""

    counted: int
    unknown: int
    needed: int | None

    @property
    def resistant(self) -> bool | None:
        """Whether enough trials failed, whatever the unknown ones turn out to be."""
        if self.needed is None:
            return None
        if self.counted >= self.needed:
            return True
        return None if self.counted + self.unknown >= self.needed else False


def judged(table: TrialTable, row: Mapping[str, str | None]) -> Judged | None:
    """One row of answers judged by a table; None while no medicine stands in it."""
    medicine = row.get("medicine")
    if not medicine:
        return None
    known = table.find(medicine)
    dose, weeks = number(row.get("highest_dose")), number(row.get("weeks"))
    dose_from = known.dose_from_mg if known else None
    weeks_from = known.weeks_from if known and known.weeks_from is not None else table.weeks_from
    enough = None if dose is None or dose_from is None else dose >= dose_from
    long = None if weeks is None or weeks_from is None else weeks >= weeks_from
    improvement = row.get("improvement")
    little = None if improvement is None else improvement in LITTLE
    overruled = row.get("counts_as") in (COUNTS, NOT_COUNTED) and bool(row.get("counts_reason"))
    counts = row.get("counts_as") == COUNTS if overruled else all_of(enough, long, little)
    return Judged(
        medicine=medicine,
        dose=row.get("highest_dose"),
        weeks=row.get("weeks"),
        improvement=improvement,
        dose_enough=enough,
        dose_from=dose_from,
        long_enough=long,
        weeks_from=weeks_from,
        counts=counts,
        overruled=overruled,
        reason=row.get("counts_reason") if overruled else None,
    )


def resistance(table: TrialTable, trials: Sequence[Judged]) -> Resistance:
    """How many trials of this episode count."""
    said = [trial.counts for trial in trials]
    return Resistance(said.count(True), said.count(None), table.needed)


def trials_in(answers: Mapping[str, str], most: int) -> Iterator[Mapping[str, str | None]]:
    """The rows of the section on trials, each under the codes without its number."""
    for n in range(1, most + 1):
        end = f"_{n}"
        yield {c.removesuffix(end): said for c, said in answers.items() if c.endswith(end)}


def all_of(*parts: bool | None) -> bool | None:
    """False as soon as one part is; None while one is not known."""
    if False in parts:
        return False
    return None if None in parts else True


def number(text: str | None) -> Decimal | None:
    """A stored number, or None."""
    return None if text is None else Decimal(text)
