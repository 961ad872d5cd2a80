"""This file is about one dose as other rooms count it: when it was given, and how much of what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from clinic.protocols.rules import DrugForm, Route, SessionPlan
from clinic.sessions.rules.dose import (
    agreed_pause_ends_at,
    dose_state,
    first_drug_at,
    last_drug_at,
)
from clinic.sessions.rules.log import Entry, SessionFacts, Transition, TransitionEvent
from clinic.sessions.rules.moments import Watch
from clinic.sessions.rules.replay import Log, read_log, unique


@dataclass(frozen=True)
class DoseOf:
    """Whose dose it is; `number` is that of the session in its course."""

    session_id: UUID
    course_id: UUID
    patient_id: UUID
    number: int


@dataclass(frozen=True)
class Dose(DoseOf):
    """What a session delivered. `t0` as in definitions D1.1; `last_drug_at` None: it still runs.

    `known_mg` is the sum of the amounts that are known, `text` says the rest (definitions D5.1).
    `agreed_pause_ends_at` None: not breastfeeding, none agreed, or it still runs (D5.3).
    `left_early_at`: she left against advice, or to a hospital (D6).
    """

    t0: datetime
    last_drug_at: datetime | None
    known_mg: Decimal
    text: str
    drug: str
    form: DrugForm
    route: Route
    agreed_pause_ends_at: datetime | None
    left_early_at: datetime | None = None


def dose_given(
    of: DoseOf, plan: SessionPlan, facts: SessionFacts, entries: Iterable[Entry], now: datetime
) -> Dose | None:
    """The dose of a session, as its state has it; None while nothing was delivered (D8.8)."""
    log = read_log(unique(entries), Watch(now))
    t0 = first_drug_at(log)
    if t0 is None:
        return None
    state = dose_state(plan, facts, log)
    return Dose(
        **vars(of),
        t0=t0,
        last_drug_at=last_drug_at(log),
        known_mg=state.known_mg,
        text=state.text,
        drug=plan.drug,
        form=plan.form,
        route=plan.route,
        agreed_pause_ends_at=agreed_pause_ends_at(facts, log),
        left_early_at=_left_early_at(log),
    )


def _left_early_at(log: Log) -> datetime | None:
    early = (TransitionEvent.LEFT_AGAINST_ADVICE, TransitionEvent.TRANSFERRED)
    steps = (step for step in log.of(Transition) if step.event in early)
    return next((step.effective_at for step in steps), None)
