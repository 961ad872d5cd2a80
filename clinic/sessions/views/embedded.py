"""This file is about what a session's page carries for the tablet: fields, limits, whom to call."""

from typing import Any

from clinic.accounts.queries.duties import named_around, people_at_work
from clinic.accounts.rules.duties import DutyKind, held
from clinic.core import clock
from clinic.core.gate import standing
from clinic.protocols.rules import SIGNS, SessionPlan
from clinic.sessions.forms import FORMS
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.views.blueprint import bp


@bp.app_template_global("for_the_tablet")
def for_the_tablet(
    session: TreatmentSession, plan: SessionPlan, state: SessionState
) -> dict[str, Any]:
    """What the tablet needs to keep entries and to judge readings by itself, as JSON.

    limits: sign -> bands, each [from, level, word], as texts. rise: from which difference to the
    pre-dose pair; None before the first dose.
    """
    return {
        "session": str(session.id),
        "zone": standing().acting.timezone.key,
        "fields": {kind: fields_of(kind) for kind in FORMS},
        "limits": {
            sign: {
                "name": SIGNS[sign].display,
                "bands": [[str(b.lower), str(b.level), b.word] for b in limits.bands],
                "unrecordable": str(limits.unrecordable) if limits.unrecordable else None,
            }
            for sign, limits in plan.limits.items()
            if limits.bands is not None
        },
        "rise": rise_of(plan, state),
        "call": whom_to_call(),
    }


def fields_of(kind: str) -> dict[str, dict[str, Any]]:
    """Field -> what it is called, and whether it is a yes or no."""
    form = FORMS[kind](formdata=None)
    return {f.name: {"label": str(f.label.text), "flag": f.type == "Flag"} for f in form}


def rise_of(plan: SessionPlan, state: SessionState) -> dict[str, int] | None:
    """The pre-dose pair and the rise over it that raises an alert, once the dose has begun."""
    base = state.pre_dose.get("blood_pressure")
    value = base.value.value if base and isinstance(base.value, Measured) else None
    if state.clock.t0 is None or not isinstance(value, BloodPressure):
        return None
    return {
        "systolic": value.systolic,
        "diastolic": value.diastolic,
        "systolic_from": plan.rise.systolic_from,
        "diastolic_from": plan.rise.diastolic_from,
    }


def whom_to_call() -> str:
    """The psychiatrist on call, else the prescriber on site, with the note of their duty."""
    now = clock.now()
    people, named = people_at_work(), named_around(now)
    for kind in (DutyKind.ON_CALL, DutyKind.ON_SITE):
        for duty in held(named, kind, now):
            if duty.user_id in people:
                return ": ".join(filter(None, (people[duty.user_id], duty.note)))
    return ""
