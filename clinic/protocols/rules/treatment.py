"""This file is about dose, times, lists and leaving, as a protocol writes them."""

from dataclasses import dataclass, field
from decimal import Decimal

from clinic.protocols.rules.codes import (
    DosesCounted,
    DoseUnit,
    Expected,
    SymptomGroup,
)


@dataclass(frozen=True)
class Devices:
    """`mg_each` mg per device, at most `most`, `rest_minutes` between two."""

    mg_each: Decimal
    most: int
    rest_minutes: int
    source: str


@dataclass(frozen=True)
class Infusion:
    planned_minutes: int
    source: str


@dataclass(frozen=True)
class Dose:
    """`allowed`: what may be ordered, in `unit`; None: not set by this clinic, the prescriber
    writes the mg."""

    unit: DoseUnit
    allowed: tuple[Decimal, ...] | None
    devices: Devices | None
    infusion: Infusion | None
    minimum_interval_hours: int | None
    source: str


@dataclass(frozen=True)
class Schedule:
    """`slots`: minutes from T0; an infusion: `every_minutes` to its stop, then `after_stop`."""

    slots: tuple[int, ...]
    every_minutes: int | None
    after_stop: tuple[int, ...]
    required: tuple[str, ...]
    on_time_minutes: int
    due_now_minutes: int
    repeat_minutes: int
    late_entry_minutes: int
    source: str


@dataclass(frozen=True)
class Baseline:
    window_minutes: int
    source: str


@dataclass(frozen=True)
class Item:
    """One thing asked before the dose or before leaving.

    `must`: only the `expected` answer meets it, else any answer does. `tell`: who hears of another
    answer; one with neither is only noted, and keeps no dose waiting. `ages`: an old answer is no
    evidence. `if_breastfeeding`: else it is not asked.
    """

    code: str
    text: str
    expected: Expected
    must: bool
    tell: str | None
    ages: bool
    if_breastfeeding: bool
    source: str


@dataclass(frozen=True)
class Discharge:
    """Criteria of readiness; `evidence_minutes` is the oldest evidence at signing."""

    pressure_within_percent: int
    spo2_from: int
    oxygen_free_minutes: int
    respiratory_rate_from: int
    respiratory_rate_to: int
    moaas_at_least: int
    moaas_times: int
    dissociation_at_most: int
    evidence_minutes: int
    items: tuple[Item, ...]
    source: str


@dataclass(frozen=True)
class SideEffectTerm:
    """`common` terms have a button of their own; `symptom` feeds the symptom rule."""

    code: str
    text: str
    common: bool
    symptom: SymptomGroup | None


@dataclass(frozen=True)
class SideEffects:
    terms: tuple[SideEffectTerm, ...]
    source: str


@dataclass(frozen=True)
class SeriousEvents:
    """`tell`: who has to hear of a serious event, a sentence each."""

    tell: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ScaleUse:
    """`scale` and `form` are codes of an instrument; `by`: staff, paper or link."""

    scale: str
    form: str
    moments: tuple[str, ...]
    by: str
    source: str


@dataclass(frozen=True)
class FollowUp:
    """Due `at_hours` after `counts_from`, from `opens_hours` to `closes_hours`; all in hours.

    `by`: call, visit or link.
    """

    code: str
    text: str
    counts_from: DosesCounted
    at_hours: int
    opens_hours: int | None
    closes_hours: int | None
    by: str
    source: str


@dataclass(frozen=True)
class ContactRules:
    """A call is made from `waking_from_hour` to `waking_to_hour` o'clock where she lives; a concern
    raised in a contact is answered within `answer_minutes`."""

    waking_from_hour: int
    waking_to_hour: int
    answer_minutes: int
    source: str


@dataclass(frozen=True)
class RiskAnswers:
    """What happens to an answer that somebody must hear of. None: not set by this clinic.

    She is called within `in_hours_minutes` of it, or `after_hours_minutes` while only somebody on
    call is on the cover list. After each `next_minutes` without a person on it the next on the list
    is told. `missed_in_a_row`: how many follow-ups missed one after the other a psychiatrist is
    told of; `tries_without_answer`: after how many tries in the window of one follow-up it is hers.
    """

    in_hours_minutes: int | None
    after_hours_minutes: int | None
    next_minutes: int | None
    missed_in_a_row: int | None
    source: str
    tries_without_answer: int | None = field(default=None, metadata={"optional": True})


@dataclass(frozen=True)
class ExposureCheck:
    """A question that falls due at the first contact after each `every_doses` doses of the course;
    None: not set by this clinic."""

    code: str
    text: str
    every_doses: int | None
    source: str


@dataclass(frozen=True)
class ReEvaluation:
    """By how many days after a signed decision the course is looked at again; only a prompt, the
    psychiatrist chooses the day."""

    days: int
    source: str


@dataclass(frozen=True)
class Integration:
    """A talk is offered after each dose: from `opens_hours` to `closes_hours` after its T0, both
    inside."""

    opens_hours: int
    closes_hours: int
    source: str


@dataclass(frozen=True)
class AgreedPause:
    """Only a suggestion to talk about; the hours that count are agreed with each woman."""

    suggested_hours: int | None
    source: str


@dataclass(frozen=True)
class Countersigning:
    """Within how many minutes an order by phone is countersigned (definitions D8.3)."""

    within_minutes: int
    source: str


@dataclass(frozen=True)
class SilentTablet:
    minutes: int
    source: str
