"""This file is about a protocol as a whole: each number a clinic decides, with its source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import parse
from clinic.protocols.rules.checks import check_protocol
from clinic.protocols.rules.codes import DrugForm, Route
from clinic.protocols.rules.leaving import Advice, MinimumStay, RegistryReport
from clinic.protocols.rules.limits import (
    Consecutive,
    DoNotDose,
    Escalation,
    Hold,
    PairCheck,
    PersistentSevere,
    Rise,
    SignLimits,
    SymptomRule,
)
from clinic.protocols.rules.outcome import Outcome
from clinic.protocols.rules.parsing import ProtocolError
from clinic.protocols.rules.treatment import (
    AgreedPause,
    Baseline,
    ContactRules,
    Countersigning,
    Discharge,
    Dose,
    ExposureCheck,
    FollowUp,
    Integration,
    Item,
    ReEvaluation,
    RiskAnswers,
    ScaleUse,
    Schedule,
    SeriousEvents,
    SideEffects,
    SilentTablet,
)


@dataclass(frozen=True)
class SessionPlan:
    """The part of a protocol that is pinned to a session (definitions D7.7).

    `countersigning` None, or left out: this clinic has set no time. `leaving_advice` likewise.
    """

    code: str
    title: str
    status: str
    drug: str
    form: DrugForm
    route: Route
    dose: Dose
    schedule: Schedule
    baseline: Baseline
    minimum_stay: MinimumStay
    limits: Mapping[str, SignLimits]
    pair: PairCheck
    rise: Rise
    consecutive: tuple[Consecutive, ...]
    hold: Hold
    do_not_dose: DoNotDose
    persistent: PersistentSevere
    symptoms: SymptomRule
    escalation: Escalation
    pre_dose: tuple[Item, ...]
    discharge: Discharge
    side_effects: SideEffects
    serious_events: SeriousEvents
    agreed_pause: AgreedPause
    report: RegistryReport | None
    silent_tablet: SilentTablet
    countersigning: Countersigning | None = field(
        default=None, kw_only=True, metadata={"optional": True}
    )
    leaving_advice: tuple[Advice, ...] | None = field(
        default=None, kw_only=True, metadata={"optional": True}
    )


@dataclass(frozen=True)
class Protocol(SessionPlan):
    """One version of a protocol, complete and checked.

    `risk_answers`, `exposure` or `re_evaluation` None, or left out: not set by this clinic.
    """

    scales: tuple[ScaleUse, ...]
    follow_ups: tuple[FollowUp, ...]
    contact: ContactRules
    outcome: Outcome
    integration: Integration
    risk_answers: RiskAnswers | None = field(
        default=None, kw_only=True, metadata={"optional": True}
    )
    exposure: tuple[ExposureCheck, ...] | None = field(
        default=None, kw_only=True, metadata={"optional": True}
    )
    re_evaluation: ReEvaluation | None = field(
        default=None, kw_only=True, metadata={"optional": True}
    )

    def session_plan(self) -> SessionPlan:
        """What a session of this protocol is measured against."""
        return SessionPlan(**{part.name: getattr(self, part.name) for part in fields(SessionPlan)})

    @staticmethod
    def from_tree(tree: Any, file: str) -> "Protocol":
        """A protocol from nested dict, list and str; raises ProtocolError with every fault."""
        protocol: Protocol = parse(Protocol, tree, file, check_protocol, ProtocolError)
        return protocol

    @staticmethod
    def from_json(text: str) -> "Protocol":
        """The protocol written by `to_json`; raises ProtocolError with every fault."""
        try:
            tree = json.loads(text)
        except ValueError as error:
            raise ProtocolError([f"canonical text: not JSON: {error}."]) from error
        return Protocol.from_tree(tree, "canonical text")

    def to_json(self) -> str:
        """Canonical text: sorted keys, no spaces, numbers as strings."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return canonical.canonical_text(self)

    @cached_property
    def digest(self) -> str:
        """sha256 of the canonical text, in hexadecimal."""
        return canonical.digest(self.to_json())
