"""This file is about the values of a letter: what the record says now, in words.

Answers to single questions, the content of therapy and notes are not among them: there is no name
for them, so that no text can hold them.
"""

from collections.abc import Iterator
from datetime import datetime

from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.formatting import at_time, on_date, postpartum
from clinic.courses.models import Course
from clinic.courses.queries import (
    delivery_on,
    infants_of_course,
    medications_of,
    protocol_of,
)
from clinic.courses.queries.head import particulars_of
from clinic.courses.rules import narrative
from clinic.instruments.queries import responses_of
from clinic.integration.models import CareHelper
from clinic.integration.queries.beside import Beside, beside_the_drug
from clinic.patients.models import Infant, Patient
from clinic.patients.queries import measures_of
from clinic.patients.rules import gives_milk
from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import state_of
from clinic.sessions.rules.log import BloodPressure, Measured

FED = {
    "breast": "breast",
    "mixed": "breast and formula",
    "expressed": "expressed milk",
    "formula": "formula",
    "not-feeding": "not fed by her",
}


def values_of(
    course: Course, patient: Patient, helper: CareHelper | None, signer: str, now: datetime
) -> dict[str, str]:
    """Every name of a letter and what it stands for now; empty for what is not on record."""
    clinic = own_clinic()
    beside, infants = beside_the_drug(course.id, now), infants_of_course(course)
    return {
        "clinic": clinic.name,
        "clinic_phone": clinic.phone or "",
        "today": f"{now.astimezone(acting().timezone):%a %d %b %Y}",
        "signer": signer,
        "recipient": helper.name if helper else "",
        "place": (helper.place or "") if helper else "",
        **of_mother(course, patient),
        **of_doses(beside),
        **of_infants(infants),
        "agreed_pause": agreed_pause(beside, infants),
    }


def of_mother(course: Course, patient: Patient) -> dict[str, str]:
    """Who she is, her scales and medicines."""
    today = clock.today()
    taken = medications_of(course.id, today)
    return {
        "patient_name": patient.name,
        "born_on": on_date(patient.born_on),
        "number": patient.number,
        "postpartum": postpartum(delivery_on(course)),
        "diagnosis": narrative(particulars_of(course)),
        "treatment": protocol_of(course.id).title,
        "scores": "; ".join(scores(course)),
        "medicines": ", ".join(f"{m.drug} {m.dose or ''}".strip() for m in taken),
    }


def scores(course: Course) -> Iterator[str]:
    """`MADRS 34 to 12`: the first and the last total of each form of a scale."""
    totals: dict[str, list[int]] = {}
    for use in responses_of(course.id):
        if use.score.total is not None:
            name = use.instrument.called(use.response.form_code)
            totals.setdefault(name, []).append(use.score.total)
    for name, found in totals.items():
        yield f"{name} {found[0]} to {found[-1]}" if len(found) > 1 else f"{name} {found[0]}"


def of_doses(beside: Beside) -> dict[str, str]:
    """Doses, the last session, what is planned, and treatments by name alone."""
    doses, last = beside.doses, beside.doses[-1] if beside.doses else None
    first_last = f"{on_date(doses[0].t0)} to {on_date(doses[-1].t0)}" if doses else ""
    ahead = beside.ahead[0] if beside.ahead else None
    return {
        "doses": f"{len(doses)}, {first_last}" if doses else "none",
        "last_dose": f"{last.text}, {on_date(last.t0)}" if last else "",
        "blood_pressure": pressure(last.session_id, beside.now) if last else "",
        "next_dose": on_date(ahead.planned_at) if ahead else "none planned",
        "other_treatment": ", ".join(one.title for one in beside.treatments),
    }


def agreed_pause(beside: Beside, infants: list[Infant]) -> str:
    """When it ends or ended, or that none is agreed; empty when no infant has her milk."""
    pause = beside.doses[-1].agreed_pause_ends_at if beside.doses else None
    if pause:
        word = "ends" if pause > beside.now else "ended"
        return f"Agreed pause {word} {at_time(pause)}, {on_date(pause)}"
    fed = gives_milk(infant.feeding for infant in infants)
    return "" if fed is False else "No pause agreed yet."


def pressure(session_id: object, now: datetime) -> str:
    """`118/76 before, 164/102 at most`; the two maxima may come from two readings."""
    state = state_of(db.session.get_one(TreatmentSession, session_id), now)
    before = state.pre_dose.get(BLOOD_PRESSURE)
    pairs = [
        reading.value.value
        for row in state.rows
        for reading in row.readings
        if reading.sign == BLOOD_PRESSURE
        and state.clock.t0 is not None
        and row.effective_at > state.clock.t0
        and isinstance(reading.value, Measured)
        and isinstance(reading.value.value, BloodPressure)
    ]
    found = (
        [f"{before.value.value} before"] if before and isinstance(before.value, Measured) else []
    )
    if pairs:
        most = f"{max(p.systolic for p in pairs)}/{max(p.diastolic for p in pairs)}"
        found.append(f"{most} at most")
    return ", ".join(found)


def of_infants(infants: list[Infant]) -> dict[str, str]:
    """Infant facts alone."""
    measures = measures_of(infant.id for infant in infants)
    weights = [
        f"{name_of(infant)} {m.weight_g} g on {on_date(m.measured_at)}"
        for infant in infants
        for m in measures.get(infant.id, [])
        if m.weight_g is not None
    ]
    ages = [f"{name_of(i)} {postpartum(i.born_on).replace(' postpartum', '')}" for i in infants]
    fed = [f"{name_of(i)}: {FED[i.feeding]}" for i in infants if i.feeding]
    return {
        "infants": ", ".join(f"{name_of(i)}, born {on_date(i.born_on)}" for i in infants),
        "infant_ages": ", ".join(ages),
        "infant_weights": "; ".join(weights),
        "infant_feeding": "; ".join(fed),
    }


def name_of(infant: Infant) -> str:
    """How an infant is called."""
    return infant.given_name or "the infant"
