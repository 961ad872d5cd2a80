"""This file is about made sessions with all that can be hard: no database, fixed values."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clinic.followups.rules import Symptom, Told
from clinic.protocols.library import library_protocols
from clinic.protocols.rules import Severity
from clinic.reports.rules import SessionRecord, Signature
from clinic.sessions.rules import SessionFacts, log, session_state
from clinic.sessions.rules.amending import Amended
from tests.reports.made import (
    DUBLIN,
    NURSE_ID,
    SESSION_ID,
    T0,
    common,
    effect,
    left,
    number,
    reading,
    record,
    spray,
)

PATIENT_ID, SECOND_COURSE_ID, TOLD_ID = uuid.UUID(int=2), uuid.UUID(int=3), uuid.UUID(int=70)
WEEK = 7 * 24 * 60
NOT_MEASURED = log.NotMeasuredReason
HER_WORDS = "Zephyrine Quill, 4 Harbour Street"
FULL: dict[str, Any] = {
    "blood_pressure": (118, 76),
    "heart_rate": 72,
    "respiratory_rate": 14,
    "spo2": 98,
    "temperature": Decimal("36.50"),
    "moaas": 5,
    "dissociation": 0,
}


def not_measured(reason: str, text: str = "") -> log.NotMeasured:
    """Not measured, because."""
    return log.NotMeasured(NOT_MEASURED(reason), text)


def hard_session() -> SessionRecord:
    """Zero, absent, not measured, unrecordable; a corrected and a withdrawn set; amended."""
    wrong = {"heart_rate": 172, "temperature": Decimal("36.9"), "spo2": 96}
    entries = (
        log.Transition(**common(1, -20), event=log.TransitionEvent.CHECKED_IN),
        reading(2, -10, FULL, oxygen_l_min=Decimal(0)),
        spray(3, 0, device_number=1, lot="A12"),
        spray(4, 5, device_number=2, outcome=log.Outcome.PARTIAL),
        spray(5, 10, device_number=3, outcome=log.Outcome.NONE),
        reading(
            6,
            40,
            FULL | {"blood_pressure": (164, 102), "dissociation": 3, "spo2": 94},
            oxygen_l_min=Decimal("2.5"),
        ),
        reading(7, 50, {"blood_pressure": log.Unrecordable(), "heart_rate": log.Unrecordable()}),
        reading(
            8,
            60,
            {
                "respiratory_rate": 0,
                "spo2": not_measured("refused"),
                "moaas": not_measured("other", HER_WORDS),
            },
        ),
        reading(9, 70, wrong),
        reading(10, 70, {"heart_rate": 72, "spo2": 96}, corrects_id=number(9), reason=HER_WORDS),
        reading(11, 80, FULL),
        reading(12, 80, FULL, corrects_id=number(11), reason="Other patient.", withdrawn=True),
        effect(13, 20, term="nausea", severity=Severity.MODERATE),
        effect(14, 60, event=log.AdverseEventEvent.RESOLVED, severity=None, subject_id=number(13)),
        effect(15, 30, term="other", text=HER_WORDS, serious=True, criterion=HER_WORDS),
        log.Intervention(
            **common(16, 45),
            category=log.InterventionCategory.MEDICINE,
            drug="Ondansetron",
            dose="4 mg",
            route="oral",
        ),
        reading(17, 90, {"blood_pressure": not_measured("asleep")}, oxygen_l_min=Decimal(2)),
        effect(19, 35, term="dizziness", severity=Severity.MILD),
        effect(
            20,
            35,
            term="dizziness",
            corrects_id=number(19),
            reason="Other patient.",
            withdrawn=True,
        ),
        left(18, 125, "left-against-advice"),
    )
    told = Told(
        contact_id=TOLD_ID,
        session_id=SESSION_ID,
        code="24-hours",
        moment="24 hours after the dose",
        at=T0 + timedelta(days=1),
        symptom=Symptom("headache", "Headache", Severity.MILD),
        author_id=NURSE_ID,
        corrected=False,
    )
    return record(
        *entries,
        signature=Signature("Aiko Kimura", T0 + timedelta(minutes=130), "0" * 64),
        told=(told,),
        amendments=(
            Amended(
                uuid.UUID(int=80),
                number(6),
                HER_WORDS,
                "Found on paper.",
                NURSE_ID,
                T0 + timedelta(days=2),
            ),
            Amended(
                uuid.UUID(int=81),
                None,
                "The whole session.",
                "Asked by her.",
                NURSE_ID,
                T0 + timedelta(days=3),
            ),
        ),
    )


def undosed_session() -> SessionRecord:
    """She came a week later, was on hold, and went home without a dose."""
    high = {"blood_pressure": (168, 112)}
    entries = (
        reading(101, WEEK - 10, FULL | high),
        log.Transition(**common(102, WEEK), event=log.TransitionEvent.CANCELLED),
    )
    made = record(*entries, minute=WEEK + 200, planned_at=T0 + timedelta(days=7))
    return replace(made, id=uuid.UUID(int=SESSION_ID.int + 100), number=2, status="cancelled")


def infusion_session() -> SessionRecord:
    """An infusion with a pause, of another course, in the summer: another offset of the wall."""
    start = 12 * WEEK
    event = log.AdministrationEvent
    pump = (
        (201, 0, event.INFUSION_START, Decimal(45)),
        (202, 10, event.INFUSION_PAUSE, None),
        (203, 15, event.INFUSION_RESUME, None),
        (204, 46, event.INFUSION_STOP, None),
    )
    entries = (
        reading(200, start - 5, FULL),
        *(
            log.Administration(**common(n, start + m), event=what, rate_mg_per_h=rate)
            for n, m, what, rate in pump
        ),
        reading(205, start + 40, FULL | {"heart_rate": 96}),
    )
    plan = library_protocols()["ketamine-iv-0.5-mg-kg"].session_plan()
    facts = SessionFacts(timezone=DUBLIN, birth_on=date(2026, 1, 22), ordered_mg=Decimal(34))
    state = session_state(plan, facts, entries, T0 + timedelta(minutes=start + 120))
    made = record(planned_at=T0 + timedelta(weeks=12), protocol_code=plan.code)
    id_ = uuid.UUID(int=SESSION_ID.int + 200)
    return replace(
        made, id=id_, plan=plan, state=state, course_id=SECOND_COURSE_ID, status="in-progress"
    )
