"""This file is about the steps of a story as entries of the log, through the forms of the pages."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from clinic.core import clock
from clinic.core.db import new_id
from clinic.core.forms import from_json
from clinic.core.permissions import Role
from clinic.demo.rules.story import Step
from clinic.protocols.rules import SessionPlan
from clinic.sessions.actions import record_entry
from clinic.sessions.actions.past import Line
from clinic.sessions.forms import FORMS
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import facts_of, plan_of, state_of

ACTED = "Rests, reading repeated in 5 min"


def moments(
    session: TreatmentSession, steps: Sequence[Step], t0: datetime, *, acts: bool
) -> Iterator[list[Line]]:
    """What is written at each moment; the clock stands there until the next one is asked for.

    `acts`: whoever logs takes on each alert that a reading raises.
    """
    plan, onsets = plan_of(session), dict[str, uuid.UUID]()
    for minute, together in groupby(steps, key=lambda step: step.minute):
        at = t0 + timedelta(minutes=minute)
        with clock.standing_at(at):
            asked = [as_on_her_list(session, step) for step in together]
            lines = [line_of(plan, step, taken_at(step, t0), onsets) for step in asked]
            yield lines
            if acts and any(line.kind == "observation" for line in lines):
                yield taken_on(session, plan, at)


def taken_at(step: Step, t0: datetime) -> datetime:
    """When it was, which may lie before it was written."""
    return t0 + timedelta(minutes=step.minute if step.taken is None else step.taken)


def as_on_her_list(session: TreatmentSession, step: Step) -> Step:
    """The same; to a class of which she takes a medicine she says yes."""
    if step.kind != "check" or step.says["item"] not in facts_of(session).on_her_list:
        return step
    return replace(step, says={**step.says, "answer": "yes"})


def line_of(plan: SessionPlan, step: Step, at: datetime, onsets: dict[str, uuid.UUID]) -> Line:
    """One entry. `onsets`: term of a side effect -> the entry with which it began."""
    says, entry_id = dict(step.says), new_id()
    if says.get("event") == "onset":
        onsets[says["term"]] = entry_id
    elif says.get("event") == "resolved":
        says["subject_id"] = onsets[says.pop("term")]
    return line(plan, step.kind, says, at, entry_id)


def line(
    plan: SessionPlan, kind: str, says: dict[str, Any], at: datetime, entry_id: uuid.UUID
) -> Line:
    """What somebody types, once the form has nothing against it."""
    typed = {name: value if isinstance(value, bool) else str(value) for name, value in says.items()}
    form = from_json(FORMS[kind], {**typed, "effective_at": at.isoformat()}, plan=plan)
    if not form.validate():
        raise ValueError(f"{kind} {says}: {form.errors}")
    form.confirmed.data = True
    return Line(entry_id, kind, form)


def taken_on(session: TreatmentSession, plan: SessionPlan, at: datetime) -> list[Line]:
    """An acknowledgement of each alert that nobody has taken on."""
    return [
        line(plan, "acknowledgement", {"alert_key": alert.key, "action_taken": ACTED}, at, new_id())
        for alert in state_of(session, at).open_alerts
        if alert.acknowledged_at is None
    ]


def log(session: TreatmentSession, kind: str, says: dict[str, Any], at: datetime) -> None:
    """One entry that is written now."""
    written = line(plan_of(session), kind, says, at, new_id())
    record_entry(session.id, written.entry_id, kind, written.sent, Role.NURSE)
