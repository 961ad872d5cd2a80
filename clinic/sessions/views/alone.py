"""This file is about what a tablet needs to judge several readings without the server (D3, D4.4).

The tablet joins what it keeps to what it last heard of. Every limit comes from the plan.
"""

from typing import Any

from clinic.protocols.rules import BLOOD_PRESSURE, SessionPlan
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import BloodPressure, Measured


def known_to_the_tablet(plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """Values so far by sign, side effects that last, and the rules that look at more than one.

    Times are ISO 8601 with their offset, minutes whole numbers.
    """
    watched = {BLOOD_PRESSURE, *(rule.sign for rule in plan.consecutive)}
    return {
        "asOf": state.now.isoformat(),
        "series": {sign: values_of(state, sign) for sign in sorted(watched)},
        "effects": [
            {"term": effect.term, "at": effect.onset_at.isoformat()}
            for effect in state.side_effects
            if effect.active
        ],
        "consecutive": [
            {"sign": r.sign, "below": float(r.below), "times": r.times, "text": r.text}
            for r in plan.consecutive
            if r.level.raises_alert
        ],
        "persistent": persistent_of(plan),
        "symptoms": symptoms_of(plan),
    }


def values_of(state: SessionState, sign: str) -> list[dict[str, Any]]:
    """Each measured value of a sign, oldest first."""
    found = [
        (reading.effective_at, reading.value.value)
        for row in state.rows
        for reading in row.readings
        if reading.sign == sign and isinstance(reading.value, Measured)
    ]
    return [
        {"at": at.isoformat()} | numbers(sign, value)
        for at, value in sorted(found, key=lambda pair: pair[0])
    ]


def numbers(sign: str, value: Any) -> dict[str, float]:
    """A value by its field, as the form has it."""
    if isinstance(value, BloodPressure):
        return {"systolic": value.systolic, "diastolic": value.diastolic}
    return {sign: float(value)}


def persistent_of(plan: SessionPlan) -> dict[str, int]:
    """Severe pressure that stays."""
    rule = plan.persistent
    return {
        "systolic": rule.systolic_from,
        "diastolic": rule.diastolic_from,
        "apart": rule.apart_minutes,
        "silence": rule.silence_minutes,
    }


def symptoms_of(plan: SessionPlan) -> dict[str, Any]:
    """Symptoms beside a raised pressure, and at any; `names`: how a term is called."""
    rule = plan.symptoms
    terms = plan.side_effects.terms
    return {
        "withPressure": [t.code for t in terms if t.symptom in rule.with_raised_pressure],
        "atAny": [
            {"term": one.term, "severity": one.severity and str(one.severity)}
            for one in rule.at_any_pressure
        ],
        "names": {term.code: term.text for term in terms},
    }
