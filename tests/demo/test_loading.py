"""The demonstration loads whole on both databases, once; later it begins fresh sessions."""

from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from flask import Flask, current_app
from sqlalchemy import select, text

from clinic.accounts.actions import create_clinic
from clinic.accounts.models import Clinic, User
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.signatures import DocumentVersion
from clinic.demo.rules.cast import CLINICS
from clinic.followups.queries import work_list
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from clinic.sessions.queries import (
    amendments_of,
    board,
    of_course,
    plan_of,
    state_of,
    written_late,
)
from clinic.sessions.queries.board import BoardRow
from tests.clock import Clock
from tests.databases import whole
from tests.links.room import set_up

COUNTED = (
    *("patient", "infant", "course", "treatment_session", "entry", "document_version", "contact"),
    *("questionnaire_response", "care_activity", "medication", "duty", "audit_event"),
)


def load(app: Flask, courses: int) -> Result:
    """`flask demo load --courses N` as an operator types it."""
    return app.test_cli_runner().invoke(
        args=["demo", "load", "--courses", str(courses)], catch_exceptions=False
    )


def somebody(code: str) -> Acting:
    """Dr Okafor, who works in both clinics."""
    user_id = db.session.scalars(select(User.id).where(User.full_name == "Chidi Okafor")).one()
    clinic = db.session.scalars(select(Clinic).where(Clinic.code == code)).one()
    found = Acting(user_id, clinic.id, ZoneInfo(clinic.timezone))
    db.session.rollback()
    return found


def phases(rows: list[BoardRow]) -> dict[str, str]:
    """Whose session is at which point."""
    return {row.patient.family_name: str(row.state.phase) for row in rows}


def is_late(row: BoardRow) -> bool:
    """Whether what is due next should have been done by now."""
    return row.state.next_due is not None and row.state.next_due.overdue


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    with whole(current_app._get_current_object()) as database:  # type: ignore[attr-defined]
        return {
            table: database.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in COUNTED
        }


@pytest.fixture
def demo(app: Flask, clock: Clock) -> Flask:
    """The demonstration, just loaded within a minute, with two courses that are over."""
    clock.advance(seconds=40)
    set_up(app)
    assert load(app, 2).exit_code == 0
    return app


def test_it_tells_its_stories_once_and_when_the_sessions_are_over_begins_fresh_ones(
    demo: Flask, clock: Clock
):
    tells_its_stories_whole(demo, clock)
    adds_nothing_at_once(demo)
    begins_fresh_sessions(demo, clock)


def tells_its_stories_whole(demo: Flask, clock: Clock) -> None:
    """Who is where, who is late, what is signed and in the trail."""
    with demo.app_context(), act_as(somebody("HPC")):
        rows, work = board(clock.now), work_list(clock.now)
        alerts = [row.patient.family_name for row in rows if row.state.open_alerts]
        late = [
            r.patient.family_name for r in rows if r.state.next_due and r.state.next_due.overdue
        ]
        documents = db.session.scalars(select(DocumentVersion)).all()
        unsigned = db.session.scalars(
            select(TreatmentSession.id).where(
                TreatmentSession.status == SessionStatus.FINISHED,
                TreatmentSession.locked_at.is_(None),
            )
        ).all()
        [maya] = [row for row in rows if row.patient.family_name == "Torres"]
        hers = of_course(maya.session.course_id)
        amended = [one.number for one in hers if amendments_of([one.id])]
        late_blocks = [
            one.number for one in hers if written_late(plan_of(one), state_of(one, clock.now))
        ]
        numbers = db.session.scalars(select(LogEntry.log_seq).order_by(LogEntry.log_seq)).all()

    assert phases(rows) == {
        "Torres": "observing",
        "Nair": "ready",
        "Duarte": "on-hold",
        "Schultz": "dosing",
        "Bello": "pre-dose",
    }
    assert (alerts, late) == (["Torres"], ["Duarte"])
    assert [row.patient.family_name for row in rows if row.silent_since] == ["Duarte"]
    assert {(row.patient.family_name, row.due.code) for row in work.overdue} == {
        ("Martin", "month-3"),
        ("Clarke", "24-hours"),
    }
    [waiting] = work.waiting
    assert (waiting.patient.family_name, waiting.due.code) == ("Levy", "day-28")
    assert (waiting.link.words, waiting.link.facts.done) == ("Opened", 6)
    assert {(item.patient.family_name, item.subject) for item in work.responses} == {
        ("Clarke", "scale"),
        ("Duarte", "contact"),
    }
    assert Counter(document.is_unchanged() for document in documents) == {True: len(documents)}
    assert len(documents) > 50
    decided = [d.content()["decision"] for d in documents if d.kind == "decision"]
    assert Counter(decided) == {"change": 3, "continue": 3, "stop": 2}
    assert list(unsigned) == []
    assert (amended, late_blocks) == ([3], [4])
    assert list(numbers) == list(range(1, len(numbers) + 1))
    verified = demo.test_cli_runner().invoke(args=["audit", "verify"])
    assert (verified.exit_code, verified.output.count("whole")) == (0, len(CLINICS) + 2)


def adds_nothing_at_once(demo: Flask) -> None:
    """A second load in the same minute finds everything there."""
    with demo.app_context():
        before = counts()
    assert load(demo, 2).exit_code == 0
    with demo.app_context():
        assert counts() == before


def begins_fresh_sessions(demo: Flask, clock: Clock) -> None:
    """Two days later: those that ran are ended, and five run again."""
    clock.advance(days=2, hours=4)

    result = load(demo, 2)

    assert "sessions that run now: 5\n" in result.output
    with demo.app_context(), act_as(somebody("HPC")):
        rows = board(clock.now)
        stale = db.session.scalars(
            select(TreatmentSession.id).where(
                TreatmentSession.status.not_in((SessionStatus.FINISHED, SessionStatus.CANCELLED)),
                TreatmentSession.planned_at < clock.now.replace(hour=0),
            )
        ).all()
    assert sorted(phases(rows).values()) == ["dosing", "observing", "on-hold", "pre-dose", "ready"]
    assert list(stale) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_number_of_courses_that_cannot_be_is_refused_before_anything_is_loaded(app: Flask):
    result = load(app, 81)

    assert result.exit_code == 2
    assert "0<=x<=80" in result.output
    with app.app_context():
        assert counts()["patient"] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_demo_of_an_older_version_is_not_mixed_with_this_one(app: Flask):
    with app.app_context(), job():
        create_clinic(code="HPC", name="Harbour", timezone="Europe/London", phone="555 0142")

    result = load(app, 0)

    assert result.exit_code == 1
    assert "make demo-reset" in result.output
