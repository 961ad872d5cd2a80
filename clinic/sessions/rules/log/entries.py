"""This file is about the entries on her and her treatment: readings, doses, effects, steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from clinic.protocols.rules import Severity
from clinic.sessions.rules.log.codes import (
    AdministrationEvent,
    AdverseEventEvent,
    Answer,
    InterventionCategory,
    Outcome,
    Remains,
    TransitionEvent,
)
from clinic.sessions.rules.log.entry import Entry
from clinic.sessions.rules.log.values import SignValue


@dataclass(frozen=True, kw_only=True)
class Observation(Entry):
    """One set of readings. A sign that is absent from `signs`: nothing was said about it.

    `oxygen_l_min` None: not stated; 0: room air.
    """

    signs: Mapping[str, SignValue] = field(default_factory=dict)
    oxygen_l_min: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Administration(Entry):
    event: AdministrationEvent
    device_number: int | None = None
    outcome: Outcome | None = None
    mg: Decimal | None = None
    rate_mg_per_h: Decimal | None = None
    lot: str | None = None
    expires_on: date | None = None
    site: str | None = None
    remains: Remains | None = None
    witness: str | None = None


@dataclass(frozen=True, kw_only=True)
class AdverseEvent(Entry):
    """`subject_id` names the onset entry, for severity and resolved."""

    event: AdverseEventEvent
    term: str | None = None
    severity: Severity | None = None
    serious: bool = False
    criterion: str | None = None
    subject_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Intervention(Entry):
    category: InterventionCategory
    text: str = ""
    drug: str | None = None
    dose: str | None = None
    route: str | None = None
    ordered_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note(Entry):
    text: str


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Entry):
    """`closes`: a person closes the alert; that needs `reason`."""

    alert_key: str
    action_taken: str = ""
    expected_effect: bool = False
    closes: bool = False


@dataclass(frozen=True, kw_only=True)
class Check(Entry):
    item: str
    answer: Answer
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Transition(Entry):
    """`minutes`: for would-have-been-ready from T0, for kept-longer until the planned reading.
    `criterion`: the code of what was overridden, `text` then says how it stood."""

    event: TransitionEvent
    minutes: int | None = None
    text: str = ""
    criterion: str = ""
