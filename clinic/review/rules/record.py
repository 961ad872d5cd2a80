"""This file is about what a review looks at: all of one course, loaded, nothing judged yet."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from clinic.followups.rules import Told
from clinic.instruments.rules import (
    Answers,
    Instrument,
    Moment,
    OutcomeRules,
    Result,
    Score,
    Triage,
)
from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import SessionState

DAY = timedelta(days=1)
ScaleForm = tuple[str, str]


@dataclass(frozen=True)
class Treated:
    """One session with its state now. `locked`: signed, so nothing in it can be answered any more.

    `signed_by`: who signed the discharge, None while nobody has. `written_late`: each block of
    entries that somebody typed together afterwards, as a sentence (definitions D1.3). `weight_kg`:
    what her order was worked out from, None where nobody weighed her.
    """

    id: uuid.UUID
    number: int
    plan: SessionPlan
    state: SessionState
    locked: bool = False
    signed_by: str | None = None
    written_late: tuple[str, ...] = ()
    weight_kg: Decimal | None = None

    @property
    def t0(self) -> datetime | None:
        """When the first drug was delivered (definitions D1.1)."""
        return self.state.clock.t0


@dataclass(frozen=True)
class Use:
    """One use of a scale as it stands. `unreviewed`: items with an answer nobody has reviewed."""

    id: uuid.UUID
    instrument: Instrument
    form: str
    taken_at: datetime
    answers: Answers
    score: Score
    triage: Triage | None = None
    unreviewed: frozenset[str] = frozenset()

    @property
    def result(self) -> Result:
        """What baseline, response and remission are computed from."""
        code, version = self.instrument.code, self.instrument.version
        total, maximum = self.score.total, self.score.maximum
        return Result(code, version, self.form, self.taken_at, total, maximum)


@dataclass(frozen=True)
class Window:
    """A moment at which the outcome is read, and what it is called."""

    moment: Moment
    text: str


@dataclass(frozen=True)
class Measure:
    """What the course has pinned for one form of a scale (definitions D7.7)."""

    instrument: Instrument
    rules: OutcomeRules


@dataclass(frozen=True)
class Medicine:
    """A medicine beside the drug. Days as in the register: None, start not known or still taken."""

    drug: str
    dose: str
    started_on: date | None
    stopped_on: date | None


@dataclass(frozen=True)
class Visit:
    """A visit beside the drug: what it was, how it stands, in codes and in words."""

    kind: str
    words: str
    status: str
    starts_at: datetime


@dataclass(frozen=True)
class Weight:
    """What an infant weighed at a moment, in grams."""

    name: str
    at: datetime
    grams: int


@dataclass(frozen=True)
class CourseRecord:
    """The whole of one course at `now`.

    `scales`: forms that have a row even without a score. `measures`: by (scale, form), in the order
    of the protocol. `birth_on`: None when no birth is on record. `told`: side effects of which she
    told in follow-ups.
    """

    now: datetime
    zone: ZoneInfo
    opened_on: date
    ended_on: date | None
    birth_on: date | None
    sessions: tuple[Treated, ...]
    uses: tuple[Use, ...]
    scales: tuple[tuple[Instrument, str], ...]
    measures: Mapping[ScaleForm, Measure]
    windows: tuple[Window, ...]
    medicines: tuple[Medicine, ...] = ()
    visits: tuple[Visit, ...] = ()
    told: tuple[Told, ...] = ()
    weights: tuple[Weight, ...] = ()

    @cached_property
    def treated(self) -> tuple[tuple[Treated, datetime], ...]:
        """The sessions in which drug was delivered, by their T0 (definitions D7.8)."""
        dosed = [(session, session.t0) for session in self.sessions if session.t0 is not None]
        return tuple(sorted(dosed, key=lambda pair: pair[1]))

    @property
    def first_dose_at(self) -> datetime | None:
        """T0 of the course, or None before its first dose."""
        return self.treated[0][1] if self.treated else None

    @property
    def origin(self) -> datetime:
        """Day 0 of the axis: the first dose; while there is none, now."""
        return self.first_dose_at or self.now

    def day(self, moment: datetime) -> float:
        """Days from the first dose, negative before it; to a hundredth, a quarter of an hour."""
        return round((moment - self.origin) / DAY, 2)

    def midnight(self, on: date) -> datetime:
        """The beginning of a day on the clinic's wall."""
        return datetime.combine(on, time(), self.zone)

    def local(self, moment: datetime) -> datetime:
        """A moment on the clinic's wall."""
        return moment.astimezone(self.zone)

    def on_day(self, moment: datetime) -> str:
        """`Thu 12 Mar`."""
        return self.local(moment).strftime("%a %d %b")
