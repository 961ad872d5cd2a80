"""This file is about a made woman with all that can be hard: no database, fixed values.

Two courses. The first: a session with everything, one without a dose, a dose of unknown amount.
The second: an infusion. Scales complete, with an item missing, withdrawn. An infant.
"""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from clinic.courses.rules import BirthMode, EndReason, Onset, Particulars
from clinic.evaluation.rules import Decision as Eligible
from clinic.evaluation.rules import Eligibility
from clinic.exchange.library import code_book
from clinic.exchange.rules.dossier import (
    Activity,
    Baby,
    Contact,
    CourseFile,
    Dossier,
    Measure,
    Medicine,
    Person,
    Plan,
    Signed,
)
from clinic.exchange.rules.lens import Lens
from clinic.instruments.library import library_instruments
from clinic.instruments.rules import Answers, Method, score, triage
from clinic.integration.rules import GoalFacts, Kind, TreatmentFacts
from clinic.reports.rules import CourseExport, Owner, ScoreExport
from clinic.reports.rules.masks import Mask
from clinic.review.rules import Decided, Decision, Treated
from tests.exchange.made_sessions import (
    HER_WORDS,
    PATIENT_ID,
    SECOND_COURSE_ID,
    TOLD_ID,
    hard_session,
    infusion_session,
    undosed_session,
)
from tests.reports.made import (
    DUBLIN,
    NURSE_ID,
    SESSION_ID,
    T0,
)
from tests.review.made import course as course_record

COURSE_ID, BABY_ID = uuid.UUID(int=1), uuid.UUID(int=4)
KEY = b"a key of this clinic, for tests."


def owner(course_id: uuid.UUID) -> Owner:
    """Whose course it is."""
    return Owner("harbour", PATIENT_ID, "P-1001", course_id, DUBLIN, date(2026, 1, 22))


def used(code: str, n: int, answers: Answers, **given: Any) -> ScoreExport:
    """One use of a shipped scale, an hour before the first dose."""
    scale = library_instruments()[code]
    values: dict[str, Any] = {
        "owner": owner(COURSE_ID),
        "id": uuid.UUID(int=300 + n),
        "session_id": None,
        "first_dose_at": T0,
        "instrument": scale,
        "form": scale.forms[0].code,
        "language": "en",
        "wording_digest": None,
        "moment": "baseline",
        "answered_at": T0 - timedelta(hours=1),
        "recorded_at": T0 - timedelta(minutes=55),
        "answered_by": scale_by(code),
        "way": "visit",
        "author": "Aiko Kimura",
        "answers": answers,
        "score": score(scale, answers),
        "triage": triage(scale, answers) if scale.method is Method.TRIAGE else None,
        "unreviewed": (),
        "corrected": False,
        "withdrawn": False,
        "reason": None,
    }
    return ScoreExport(**values | given)


def scale_by(code: str) -> str:
    """Whose judgement the answers are."""
    return "clinician" if code in ("MADRS", "CSSRS_SCREEN_RECENT") else "patient"


def same(items: int, value: int) -> dict[str, int]:
    """The same answer to every item."""
    return {str(n): value for n in range(1, items + 1)}


def uses() -> tuple[ScoreExport, ...]:
    """Whole, with an item missing, corrected, withdrawn, of a session, of a screener."""
    day_7 = {"moment": "day-7", "answered_at": T0 + timedelta(days=7)}
    return (
        used("PHQ9", 1, same(9, 1) | {"10": 2}),
        used("EPDS", 2, {n: 2 for n in same(10, 0) if n != "4"}),
        used("EPDS", 3, same(10, 1), corrected=True, reason=HER_WORDS, **day_7),
        used("MADRS", 4, same(10, 3), withdrawn=True, corrected=True, reason="Other patient."),
        used("CSSRS_SCREEN_RECENT", 5, {"1": 1, "2": 0, "6": 0}, session_id=SESSION_ID),
        used("GAD7", 6, same(7, 0)),
    )


def export(course_id: uuid.UUID, **given: Any) -> CourseExport:
    """A course as reports hand it over."""
    values: dict[str, Any] = {
        "owner": owner(course_id),
        "protocol_code": "esketamine-nasal-56-84",
        "protocol_version": 1,
        "protocol_digest": "0" * 64,
        "status": "active",
        "end_reason": None,
        "end_text": None,
        "particulars": Particulars(
            "F53.0", HER_WORDS, Onset.AFTER_BIRTH, 3, 39, BirthMode.CAESAREAN, HER_WORDS
        ),
        "record": course_record(opened_on=date(2026, 3, 1), now=T0),
        "eligibility": None,
        "consent": None,
        "decision": None,
    }
    return CourseExport(**values | given)


def plan() -> Plan:
    """A goal, a visit, a treatment that lasts, two signatures."""
    visit = Activity(uuid.UUID(int=401), "psychotherapy", "done", T0 + timedelta(days=1), 50, None)
    missed = Activity(uuid.UUID(int=402), "integration", "missed", T0, None, HER_WORDS)
    at = datetime(2026, 3, 9, 9, tzinfo=UTC)
    return Plan(
        goals=((uuid.UUID(int=403), GoalFacts(HER_WORDS, "Lea", date(2026, 4, 1))),),
        activities=(visit, missed),
        treatments=(
            (uuid.UUID(int=404), TreatmentFacts(Kind.DAY_UNIT, HER_WORDS, date(2026, 2, 16))),
        ),
        signed=(
            Signed(2, "Dr Okafor", at + timedelta(days=7), "1" * 64),
            Signed(1, "Dr Okafor", at, "2" * 64),
        ),
    )


def medicines() -> tuple[Medicine, ...]:
    """One still taken since nobody knows when, one stopped, one that is to be asked about."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    known = {"recorded_at": at, "stop_unclear": False}
    return (
        Medicine(uuid.UUID(int=501), "Sertraline", "antidepressant", "150 mg", None, None, **known),
        Medicine(
            uuid.UUID(int=502),
            "Labetalol",
            "antihypertensive",
            None,
            date(2026, 1, 22),
            date(2026, 3, 1),
            **known,
        ),
        Medicine(
            uuid.UUID(int=503),
            "Lorazepam",
            "benzodiazepine",
            "1 mg",
            date(2026, 3, 1),
            None,
            recorded_at=at,
            stop_unclear=True,
        ),
    )


def infant() -> Baby:
    """Her infant: a weight, and how it is fed."""
    at = T0 - timedelta(days=1)
    measure = Measure(uuid.UUID(int=601), at, 4210, "mixed", NURSE_ID, at, corrected=False)
    return Baby(BABY_ID, "Quentin", date(2026, 1, 22), (measure,))


def eligibility() -> Eligibility:
    """Decided to be eligible, with a reason in words."""
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    return Eligibility(Eligible.ELIGIBLE, HER_WORDS, NURSE_ID, "Dr Okafor", at, 1)


def decisions() -> tuple[Decided, ...]:
    """A change, then a stop; newest first."""
    first = Decided(
        decision=Decision.CHANGE,
        reason=HER_WORDS,
        after_session=1,
        signed_by_id=NURSE_ID,
        signed_by="Dr Okafor",
        signed_at=T0 + timedelta(days=1),
        n=1,
        unchanged=True,
        new_dose="56 mg",
        new_schedule=HER_WORDS,
        re_evaluate_on=date(2026, 3, 26),
    )
    stop = replace(
        first,
        decision=Decision.STOP,
        signed_at=T0 + timedelta(days=8),
        n=2,
        new_dose="",
        new_schedule="",
        stopped_because=EndReason.SIDE_EFFECTS,
        re_evaluate_on=None,
    )
    return (stop, first)


def dossier() -> Dossier:
    """All of her."""
    hard = hard_session()
    treated = Treated(hard.id, hard.number, hard.plan, hard.state)
    in_march = course_record(opened_on=date(2026, 3, 1), now=T0, sessions=(treated,))
    first = CourseFile(
        n=1,
        export=export(COURSE_ID, record=in_march),
        drug="Esketamine nasal spray",
        sessions=(hard, undosed_session()),
        scores=uses(),
        contacts=(Contact(TOLD_ID, "24-hours", 1, T0 + timedelta(days=1), "call", "Aiko Kimura"),),
        medicines=medicines(),
        plan=plan(),
        eligibility=eligibility(),
        decisions=decisions(),
    )
    second = CourseFile(
        n=2,
        export=export(
            SECOND_COURSE_ID, protocol_code="ketamine-iv-0.5-mg-kg", particulars=Particulars()
        ),
        drug="Ketamine",
        sessions=(infusion_session(),),
    )
    return Dossier(
        person=Person(PATIENT_ID, "P-1001", "Maya", "Torres", date(1994, 5, 2), date(2026, 1, 22)),
        clinic_code="harbour",
        zone=DUBLIN,
        courses=(first, second),
        infants=(infant(),),
        doses=(T0, T0 + timedelta(weeks=12)),
        names={NURSE_ID: "Aiko Kimura"},
    )


def lens(mask: Mask | None = None) -> Lens:
    """How it leaves: as it is, unless a mask is given."""
    own = (mask or Mask.plain()).of(PATIENT_ID)
    return Lens(DUBLIN, own, code_book(), {NURSE_ID: "Aiko Kimura"})
