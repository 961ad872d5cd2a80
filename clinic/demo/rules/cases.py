"""This file is about the courses of the demonstration: what happened in each, in days before today.

Those that run are told in `maya` and `current`; those that are over come from `past`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clinic.demo.rules.cast import DemoMother
from clinic.demo.rules.scores import DAY, EPDS, MADRS, PHQ, STANDARD, Use, besides
from clinic.demo.rules.story import Sitting

NASAL, INFUSION = "esketamine-nasal-56-84", "ketamine-iv-0.5-mg-kg"
LESS, MORE = Decimal(56), Decimal(84)  # the two doses of the spray, in mg


@dataclass(frozen=True)
class Asked:
    """Scales answered before the first dose: days before today, and the time of day."""

    ago: int
    uses: tuple[Use, ...]
    at: str = "09:05"


@dataclass(frozen=True)
class Visit:
    """A visit beside the drug. `after_dose`: the talk after the dose of this session, or None."""

    ago: int
    kind: str
    status: str
    at: str = "14:00"
    after_dose: int | None = None
    modality: str | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Medicine:
    """A medicine beside the drug, first and last day in days before today; None: still taken."""

    drug: str
    drug_class: str
    dose: str
    since: int
    until: int | None = None


@dataclass(frozen=True)
class Signed:
    """A signed decision of the review: continue, change or stop. `dose`: the new one, in the unit
    of the protocol; `because`: why treatment stops; `again_in`: days until it is looked at again.
    """

    ago: int
    decision: str
    reason: str = ""
    at: str = "08:20"
    dose: Decimal | None = None
    because: str | None = None
    again_in: int | None = None


@dataclass(frozen=True)
class Ending:
    """How a course ended."""

    ago: int
    reason: str
    text: str | None = None


@dataclass(frozen=True)
class Case:
    """One course. `decided` None: the evaluation is not finished.

    `scores`: moment -> totals by scale; the 24 hours after a dose are `24-hours-<session>`.
    `open`: follow-ups that nobody made although they are over; `missed`: those given up, and why.
    """

    mother: DemoMother
    opened: int
    decided: int | None
    asked: tuple[Asked, ...]
    sittings: tuple[Sitting, ...] = ()
    scores: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    protocol: str = NASAL
    weight: Decimal = Decimal(68)
    open: frozenset[str] = frozenset()
    missed: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    medicines: tuple[Medicine, ...] = ()
    visits: tuple[Visit, ...] = ()
    goals: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[Signed, ...] = ()
    ended: Ending | None = None

    @property
    def baseline(self) -> int:
        """MADRS before the first dose."""
        return next(use.total for use in self.asked[-1].uses if use.scale == MADRS)


def before_treatment(madrs: int, harm: int = 0) -> tuple[Use, ...]:
    """What is answered before the first dose, in a form for each moment it is compared with."""
    epds, phq = besides(madrs)
    return (
        Use(MADRS, STANDARD, madrs, harm),
        Use(MADRS, DAY, madrs - 1, harm),
        Use(EPDS, STANDARD, epds, min(harm, 1)),
        Use(PHQ, STANDARD, phq, min(harm, 1)),
    )


def afterwards(madrs: int, code: str, harm: int = 0) -> tuple[Use, ...]:
    """What is answered at a moment; PHQ-9 looks back two weeks."""
    if code.startswith(DAY):
        return (Use(MADRS, DAY, madrs, harm),)
    epds, phq = besides(madrs)
    early = (Use(MADRS, STANDARD, madrs, harm), Use(EPDS, STANDARD, epds, harm))
    return early if code == "day-7" else (*early, Use(PHQ, STANDARD, phq, harm))
