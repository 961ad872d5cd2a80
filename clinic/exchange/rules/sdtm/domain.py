"""This file is about a domain: its variables in order, and the lines of one woman in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic.exchange.rules.sdtm.subject import Subject
from clinic.notation.rules.spreadsheet import line, safe

Row = Mapping[str, object]


class Origin(StrEnum):
    """Where a value comes from."""

    COLLECTED = "Collected"
    DERIVED = "Derived"
    ASSIGNED = "Assigned"


@dataclass(frozen=True)
class Variable:
    """One variable. `definition`: the number of the definition that decides it."""

    name: str
    label: str
    origin: Origin = Origin.COLLECTED
    is_number: bool = False
    codes: tuple[str, ...] = ()
    definition: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Domain:
    """One file. `rows` gives what one woman has in it, in order; `structure`: one record for each.

    What every domain has (study, domain, subject, number in the sequence) is added here.
    """

    code: str
    title: str
    structure: str
    own: tuple[Variable, ...]
    rows: Callable[[Subject], Iterable[Row]]
    numbered: bool = True

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All of them, in the order of the file."""
        return (*keys(self), *self.own)

    def head(self) -> str:
        """The first line."""
        return line(one.name for one in self.variables)

    def lines(self, subject: Subject) -> list[str]:
        """The lines of one woman. Raises KeyError for a value that has no variable."""
        return [
            written(self, keyed(self, subject, n) | dict(row))
            for n, row in enumerate(self.rows(subject), 1)
        ]


def keys(domain: Domain) -> tuple[Variable, ...]:
    """The variables that identify a record."""
    first = (
        Variable("STUDYID", "Study Identifier", Origin.ASSIGNED, meaning="The clinic"),
        Variable("DOMAIN", "Domain Abbreviation", Origin.ASSIGNED, codes=(domain.code,)),
        Variable("USUBJID", "Unique Subject Identifier", Origin.DERIVED, meaning="STUDYID-SUBJID"),
    )
    number = Variable(
        f"{domain.code}SEQ",
        "Sequence Number",
        Origin.DERIVED,
        is_number=True,
        meaning="From 1 for each subject, in this file",
    )
    return (*first, number) if domain.numbered else first


def keyed(domain: Domain, subject: Subject, n: int) -> dict[str, object]:
    """What identifies the n-th record of a woman."""
    found: dict[str, object] = {
        "STUDYID": subject.study,
        "DOMAIN": domain.code,
        "USUBJID": subject.id,
    }
    return found | {f"{domain.code}SEQ": n} if domain.numbered else found


def written(domain: Domain, values: Row) -> str:
    """One record as a line of CSV."""
    names = [one.name for one in domain.variables]
    if strange := set(values) - set(names):
        raise KeyError(f"{domain.code} has no {', '.join(sorted(strange))}")
    return line(cell(values.get(name)) for name in names)


def cell(value: object) -> str:
    """A value as the file holds it; numbers are never marked, also negative ones."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"a record cannot hold {type(value).__name__}")
    return format(value, "f") if isinstance(value, Decimal) else str(value)
