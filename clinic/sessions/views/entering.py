"""This file is about what the keypad is told: limits of the plan, last and pre-dose values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinic.protocols.rules import ENTRY_SIGNS, SIGNS, SessionPlan
from clinic.sessions.forms.observation import ObservationForm
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.rules.results import DueKind, NextDue, Phase, SignReading
from clinic.sessions.views.alone import known_to_the_tablet

BEFORE_THE_DOSE = (Phase.PRE_DOSE, Phase.ON_HOLD)
EXTRA = ("extra reading", "Extra reading")
READING = (DueKind.SLOT, DueKind.REPEAT, DueKind.RECHECK, DueKind.EXTRA)


@dataclass(frozen=True)
class ReadingDue:
    """The set of readings that the form stands for now. `due` None: nothing is due yet.

    `what` names it on the button ("40 min"), `title` above the form ("40 min observation").
    """

    what: str
    title: str
    due: NextDue | None


def reading_due(plan: SessionPlan, state: SessionState) -> ReadingDue:
    """What a reading that is taken now is for."""
    due = next((one for one in state.due if one.kind in READING), None)
    if due is not None:
        early = (due.due_at - state.now).total_seconds() / 60
        due = due if early <= plan.schedule.on_time_minutes else None
    if due is None:
        before = state.phase in BEFORE_THE_DOSE
        return ReadingDue(*("baseline", "Baseline readings") if before else EXTRA, None)
    what = f"{due.what[:1].lower()}{due.what[1:]}".replace("blood pressure", "BP")
    title = due.what + (" observation" if due.kind is DueKind.SLOT else "")
    return ReadingDue(what, title, due)


def keypad_of(plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """The plan's limits for live marking, as data: the page's script knows no number of its own.

    `required`: the signs that a slot asks for. `rise`: only after the first dose (D2.2).
    """
    form = ObservationForm(formdata=None, plan=plan)
    return {
        "required": list(plan.schedule.required),
        "fields": {name: field_of(plan, form, name) for name in plan.limits},
        "closer": plan.pair.ask_closer_than,
        "rise": rise_of(plan) if state.clock.t0 else None,
        "reasons": {sign: reasons_of(form, sign) for sign in ENTRY_SIGNS},
        "last": {sign: plain(found.reading) for sign, found in state.readings.items()},
        "preDose": {sign: plain(reading) for sign, reading in state.pre_dose.items()},
        "alone": known_to_the_tablet(plan, state),
    }


def field_of(plan: SessionPlan, form: ObservationForm, name: str) -> dict[str, Any]:
    """What can be typed, what is asked once, and the bands of one number."""
    limits = plan.limits[name]
    return {
        "name": SIGNS[name].display,
        "unit": SIGNS[name].unit_text,
        "decimals": SIGNS[name].decimals,
        "lowest": number(limits.entry.lowest),
        "highest": number(limits.entry.highest),
        "askBelow": number(limits.entry.ask_below),
        "askAbove": number(limits.entry.ask_above),
        "askChange": number(limits.entry.ask_change_above),
        "bands": [
            {"from": number(band.lower), "level": str(band.level), "word": band.word}
            for band in limits.bands or ()
        ],
        "unrecordable": str(limits.unrecordable) if limits.unrecordable else None,
        "sentence": form[name].sentence(),
    }


def rise_of(plan: SessionPlan) -> dict[str, Any]:
    """The limits over her own pre-dose pressure."""
    return {"systolic": plan.rise.systolic_from, "diastolic": plan.rise.diastolic_from}


def reasons_of(form: ObservationForm, sign: str) -> list[dict[str, str]]:
    """Why a sign may have no value, in the words of its field."""
    return [
        {"value": value, "words": words.replace("Not measured: ", "").capitalize()}
        for value, words in form[f"{sign}_absent"].choices
    ]


def plain(reading: SignReading) -> dict[str, Any] | None:
    """The numbers of a reading by field; nothing for one without a number."""
    said = reading.value.value if isinstance(reading.value, Measured) else None
    if isinstance(said, BloodPressure):
        return {"systolic": said.systolic, "diastolic": said.diastolic}
    return None if said is None else {reading.sign: number(Decimal(said))}


def number(value: Decimal | None) -> int | float | None:
    """A limit as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
