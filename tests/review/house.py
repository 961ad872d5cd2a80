"""This file is about a clinic in which something stands in every room, for tests of every address.

Every text that a person can type is the same word, so that a page that shows it can be told.
"""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from clinic.accounts.actions.devices import enrol
from clinic.accounts.actions.duties import name_for_duty
from clinic.accounts.models import Clinic
from clinic.accounts.rules.duties import DutyKind
from clinic.core import clock, drafts
from clinic.core.acting import Acting, act_as
from clinic.core.audit import AuditEvent, ClinicHead
from clinic.core.db import Base, db, job, new_id
from clinic.core.permissions import Role
from clinic.courses.actions import add_medication, publish_wording
from clinic.courses.models import ConsentText
from clinic.courses.queries import course_or_raise
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.emergency.actions import open_record
from clinic.evaluation.queries import draft_kind
from clinic.followups.models import Contact
from clinic.followups.rules import How, Reached
from clinic.instruments.library import library_instruments
from clinic.integration.actions import record_goal, record_visit
from clinic.integration.rules import GoalFacts, Kind, Status, VisitFacts
from clinic.links.models import PrivateLink
from clinic.links.rules import SCALE, LinkWay, PartRef, parts_to_json
from clinic.patients.models import Infant, Patient
from clinic.patients.rules import AllergyAnswer
from clinic.reports.actions import order_export, save_definition
from clinic.reports.rules import Period
from clinic.reports.rules.ordering import Order
from clinic.sessions.models import EventReport, LogEntry, TreatmentSession
from clinic.sessions.rules.reporting import ReportedTo
from tests.courses.signed import sign_consent
from tests.databases import whole
from tests.evaluation.signed import sign_eligible
from tests.factories import kept, make_user
from tests.followups.room import T0, dosed_course
from tests.instruments.licensed import invented, load, on_file
from tests.instruments.room import items, used
from tests.integration.furnished import furnished
from tests.reports.cohort import saved_report
from tests.reports.obligations.made import sent_form
from tests.reports.room import write
from tests.sign_in import sign_in

EVIL = '{{7777*7}}"><script>alert(1)</script>'
THEIRS = "Zephyrine"
HEARD = "tablet_heard"  # that a page of a session is open: a sign of life, and no record
RECORDED = {
    AuditEvent.__tablename__,
    ClinicHead.__tablename__,
    "user_session",
    "sign_in_throttle",
    HEARD,
}
Found = dict[str, Any]
Staff = dict[Role, FlaskClient]
CODES = {
    "table_code": "sessions",
    "language": "en",
    "form_code": "rems-patient-monitoring",
    "section_code": "history",
    "filename": "css/base.css",
    "token": "token",
    "number": 1,
}


@pytest.fixture
def ours(app: Flask, somebody: Acting) -> Found:
    """What stands in this clinic; every word of it is a script."""
    return furnish(app, somebody, EVIL)


@pytest.fixture
def theirs(app: Flask, stranger: Acting) -> Found:
    """What stands in the other clinic."""
    return furnish(app, stranger, THEIRS)


@pytest.fixture
def staff(app: Flask, somebody: Acting) -> Staff:
    """A browser of each role, signed in through the page; their names are scripts too."""
    with app.app_context(), job():
        for role in Role:
            make_user(role=role, full_name=EVIL)
    return {role: sign_in(app.test_client(), f"{role}@clinic.example") for role in Role}


def everything(app: Flask) -> dict[str, list[str]]:
    """Every row of every table but the trail and the browsers."""
    with whole(app) as connection:
        return {
            name: sorted(map(str, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in Base.metadata.tables.keys() - RECORDED
        }


def furnish(app: Flask, somebody: Acting, word: str) -> Found:
    """Fill a clinic as somebody. Returns what addresses can name, by argument."""
    course_id = dosed_course(app, somebody, T0, given_name=word, family_name=word, number=word)
    with app.app_context(), act_as(somebody), job():
        patient = db.session.get_one(Patient, course_or_raise(course_id).patient_id)
        patient.allergy_answer, patient.allergies = AllergyAnswer.LISTED, word
        infant = db.session.query(Infant).one()
        infant.given_name = word
        session = db.session.query(TreatmentSession).one()
        ids = {"patient_id": patient.id, "infant_id": infant.id, "course_id": course_id}
        ids |= {"session_id": session.id, "version_id": session.protocol_version_id}
        ids |= duty(somebody, word) | {"person_id": colleague(somebody, word)}
        ids |= in_the_session(session, word) | in_the_course(course_id, session, word)
        ids |= of_scales(word)
        ids |= {"access_id": open_record(patient.id, word).id}
        ids |= furnished(course_id, word)
        ids |= {"submission_id": sent_form(session, word)} | of_exports(word)
        return ids | CODES | {"browser_id": new_id(), "passkey_id": new_id(), "seq": 1}


def colleague(somebody: Acting, word: str) -> uuid.UUID:
    """Somebody else of the staff."""
    email = f"{somebody.clinic_id}@clinic.example"
    clinic = db.session.get_one(Clinic, somebody.clinic_id)
    return make_user(clinic=clinic, email=email, full_name=word).id


def of_exports(word: str) -> dict[str, uuid.UUID]:
    """A file that waits to be made, choices kept by name, and figures that were kept."""
    order = Order(("sessions",), Period(date(2026, 3, 1), date(2026, 3, 31)))
    made = order_export(order, word)
    choices, figures = save_definition(word, order, word), kept(saved_report(word))
    return {"job_id": made.id, "definition_id": kept(choices).id, "saved_id": figures.id}


def in_the_session(session: TreatmentSession, word: str) -> dict[str, uuid.UUID]:
    """A note, an order by phone, and a serious side effect that was reported."""
    at = T0 + timedelta(minutes=20)
    note: LogEntry = write(session, "note", at, said={"text": word})
    given = {"event": "given", "text": word, "ordered_by_id": str(session.ordered_by_id)}
    order: LogEntry = write(session, "order", at, said=given | {"read_back": True})
    felt = {"event": "onset", "term": "other", "severity": "severe", "text": word}
    onset = write(session, "adverse-event", at, said=felt | {"serious": True})
    report = EventReport(
        session_id=session.id,
        patient_id=session.patient_id,
        onset_id=onset.id,
        reported_to=ReportedTo.REMS,
        reported_on=date(2026, 3, 12),
        text=word,
        author_id=session.ordered_by_id,
        recorded_at=clock.now(),
    )
    ids = {"entry_id": note.id, "order_id": order.id, "onset_id": onset.id}
    return ids | {"report_id": kept(report).id}


def in_the_course(course_id: uuid.UUID, session: TreatmentSession, word: str) -> dict[str, Any]:
    """A medicine, answers, a draft, a consent, a visit, a goal, and a call that nobody took."""
    facts = MedicationFacts(word, DrugClass.ANTIDEPRESSANT, word, note=word)
    typed = {"typed": {"other_conditions": word}, "based_on": 0}
    drafts.save(draft_kind("history"), course_id, typed)
    sign_eligible(course_id)
    visit = VisitFacts(Kind.PSYCHOTHERAPY, Status.DONE, T0 + timedelta(hours=2))
    said = {"modality": word, "therapist_name": word, "shared_note": word}
    goal = GoalFacts(word, word, last_word=word)
    call = Contact(
        patient_id=session.patient_id,
        course_id=course_id,
        session_id=session.id,
        code="24-hours",
        due_at=T0 + timedelta(hours=24),
        contacted_at=clock.now(),
        how=How.CALL,
        reached=Reached.NO_ANSWER,
        note=word,
        author_id=session.ordered_by_id,
        recorded_at=clock.now(),
    )
    publish_wording("esketamine", word, word.replace("{{7777*7}}", "She agrees."))
    sign_consent(course_id)
    return {
        "medication_id": add_medication(course_id, facts).id,
        "response_id": used(course_id, "EPDS", items(10, 2)).id,
        "activity_id": record_visit(course_id, VisitFacts(**vars(visit) | said)).id,
        "goal_id": record_goal(course_id, goal).id,
        "contact_id": kept(call).id,
        "text_id": db.session.query(ConsentText).one().id,
        "link_id": kept(link_of(session)).id,
    }


def link_of(session: TreatmentSession) -> PrivateLink:
    """A private link that still runs."""
    return PrivateLink(
        patient_id=session.patient_id,
        course_id=session.course_id,
        subject="evaluation/",
        n=1,
        way=LinkWay.PHONE,
        parts=parts_to_json([PartRef(SCALE, "PHQ9")]),
        sent_by_id=session.ordered_by_id,
        sent_at=clock.now(),
        expires_at=clock.now() + timedelta(days=3),
    )


def of_scales(word: str) -> dict[str, uuid.UUID]:
    """Evidence of a licence, and a wording that waits for a second person."""
    scale = library_instruments()["EPDS"]
    evidence = on_file(scale)
    wording = invented(scale, title=word, stem=word, notice=word)
    return {"evidence_id": evidence.id, "wording_id": load(evidence, wording).id}


def duty(somebody: Acting, word: str) -> dict[str, uuid.UUID]:
    """Somebody called by the word is in charge from now, and has enrolled a tablet of that name."""
    clinic = db.session.get_one(Clinic, somebody.clinic_id)
    email = f"{clinic.code}@clinic.example"
    person = make_user(id=somebody.actor_id, clinic=clinic, email=email, full_name=word)
    from_now = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(hours=8)}
    named = name_for_duty(DutyKind.IN_CHARGE, person.id, note=word, **from_now)
    return {"duty_id": named.id, "device_id": enrol(word, word)[0].id}
