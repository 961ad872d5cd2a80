"""This file is about people who sign one record at the same moment: exactly one of them holds."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from clinic.core import clock as time_of
from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.errors import Conflict
from clinic.core.signatures import DocumentVersion, Proof
from clinic.courses.queries import course_or_raise
from clinic.evaluation import queries as evaluations
from clinic.review import queries
from clinic.review.actions import evidence_of, seen_of, sign_decision
from clinic.review.rules import Chosen, Decision
from clinic.sessions.actions import sign_discharge
from tests.core.crowd import at_once
from tests.evaluation.signed import sign_eligible
from tests.sessions.room import planned_session, put

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
HANDS = 3


def race(app, somebody, sign: Callable[[], object]) -> list[Exception]:
    """Sign in several threads at once. Returns what the losers were told."""

    def one(_: int) -> None:
        with app.app_context(), act_as(somebody), job():
            sign()

    wrong = at_once(HANDS, one)
    assert [type(error) for error in wrong if not isinstance(error, Conflict)] == []
    return wrong


def signed(work, somebody, kind: str, subject_id) -> list[tuple[int, bool]]:
    """(number, whether it holds) of each signed version: one that is superseded does not."""
    with work(somebody):
        found = db.session.scalars(
            select(DocumentVersion)
            .where(DocumentVersion.kind == kind, DocumentVersion.subject_id == subject_id)
            .order_by(DocumentVersion.n)
        ).all()
        superseded = {one.supersedes_id for one in found}
        return [(one.n, one.id not in superseded and one.is_unchanged()) for one in found]


def test_a_session_is_signed_once(app, desk, somebody, work, clock) -> None:
    clock.now = NINE
    session_id = planned_session(app, somebody, NINE)
    for says in (
        {"event": "checked-in", "text": "Known by name and date of birth"},
        {"event": "left-against-advice", "text": "Has to go"},
    ):
        answer = put(desk, session_id, kind="transition", effective_at=NINE.isoformat(), **says)
        assert answer.status_code == 201, answer.text

    wrong = race(
        app,
        somebody,
        lambda: sign_discharge(
            session_id,
            left_at=None,
            would_have_been_ready_minutes=None,
            proof=Proof(somebody.actor_id, "Aiko Kimura"),
        ),
    )

    assert len(wrong) == HANDS - 1, wrong
    assert signed(work, somebody, "discharge", session_id) == [(1, True)]


def test_a_decision_is_signed_once(app, somebody, work, course_id) -> None:
    with work(somebody):
        course = course_or_raise(course_id)
        record = queries.record_of(course, time_of.now())
        standing = queries.standing_of(course, record)
        seen = seen_of(evidence_of(course, record, standing))
        read = [alert.session_id for alert in standing.alerts]

    wrong = race(
        app,
        somebody,
        lambda: sign_decision(
            course_id,
            Chosen(Decision.CONTINUE),
            read=read,
            seen=seen,
            proof=Proof(somebody.actor_id, "Dr Chidi Okafor"),
        ),
    )

    assert len(wrong) == HANDS - 1, wrong
    assert signed(work, somebody, queries.KIND, course_id) == [(1, True)]


def test_of_evaluations_that_were_signed_at_once_the_last_one_holds(
    app, somebody, work, new_course
) -> None:
    wrong = race(app, somebody, lambda: sign_eligible(new_course))

    versions = signed(work, somebody, evaluations.KIND, new_course)
    assert len(versions) == HANDS - len(wrong)
    assert [number for number, _ in versions] == list(range(1, len(versions) + 1))
    assert [holds for _, holds in versions] == [False] * (len(versions) - 1) + [True]
