"""What a course adds is worked out once, and anew once somebody wrote or time turned something."""

from datetime import date, timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from clinic.core import clock as clocks
from clinic.core.db import db
from clinic.reports.library import newest
from clinic.reports.queries import course_facts
from clinic.reports.queries import outcomes as queries
from clinic.reports.rules import Period
from clinic.reports.rules.outcomes import Cohort, Report, report_of
from clinic.sessions.models import TreatmentSession
from tests.clock import Clock
from tests.reports.conftest import People, Work
from tests.reports.made import T0
from tests.reports.room import write

pytestmark = [
    pytest.mark.usefixtures("treated"),
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]
MARCH = Period(date(2026, 3, 1), date(2026, 4, 30))


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each course that was worked out."""
    lines: list[str] = []
    real = course_facts.facts_of

    def told(course, scope):
        lines.append(str(course.id))
        return real(course, scope)

    monkeypatch.setattr(course_facts, "facts_of", told)
    return lines


def figures() -> Report:
    """The figures of everybody, as of now."""
    scope = queries.scope_of(MARCH, Cohort(scale="MADRS"), newest(), clocks.now())
    return report_of(queries.gathered(scope))


def her_session() -> TreatmentSession:
    """The one session that there is."""
    return db.session.scalars(select(TreatmentSession)).one()


def leave(session: TreatmentSession) -> None:
    """She leaves, so that time changes nothing of the session any more."""
    write(session, "transition", T0 + timedelta(minutes=150), said={"event": "left"})


def test_a_course_is_worked_out_once_as_long_as_nobody_writes(
    work: Work, people: People, worked_out: list[str]
):
    with work(people["nurse"]):
        leave(her_session())
    with work(people["nurse"]):
        first, second = figures(), figures()

    assert first == second
    assert len(worked_out) == 1


def test_whatever_is_written_of_her_changes_the_figures_at_once(work: Work, people: People):
    with work(people["nurse"]):
        leave(her_session())
    with work(people["nurse"]):
        before = figures()
    with work(people["nurse"]):
        said = {"event": "onset", "term": "nausea", "severity": "moderate"}
        write(her_session(), "adverse-event", T0 + timedelta(minutes=30), said=said)
    with work(people["nurse"]):
        after = figures()

    assert before.terms == {}
    assert after.at("effect", "nausea").count == 1


def test_time_alone_changes_the_figures_too(work: Work, people: People, clock: Clock):
    with work(people["nurse"]):
        leave(her_session())
    with work(people["nurse"]):
        before = figures()
        closes_at = T0 + timedelta(hours=36)
        kept_facts = next(iter(current_app.extensions["clinic.course_facts"].values()))[1]
        clock.now = kept_facts.turns_at - timedelta(seconds=1)
        same = figures()
        clock.now = closes_at + timedelta(days=60)
        after = figures()

    assert before.at("response", "day-7").waiting == same.at("response", "day-7").waiting
    assert after.at("followed-up").n > before.at("followed-up").n


def test_each_figure_is_what_its_list_looked_at(work: Work, people: People):
    with work(people["nurse"]):
        said = {"event": "onset", "term": "nausea", "severity": "mild"}
        write(her_session(), "adverse-event", T0 + timedelta(minutes=30), said=said)
    with work(people["nurse"]):
        scope = queries.scope_of(MARCH, Cohort(scale="MADRS"), newest(), clocks.now())
        report = report_of(queries.gathered(scope))
        for key, one in report.figures.items():
            rows, _ = queries.counted(scope, key, 0, 1000)
            told = sum(row.value is not None for row in rows)
            missing = sum(row.missing for row in rows)
            assert (told, missing) == (one.n, one.missing), key


def test_a_figure_of_another_clinic_is_none_of_ours(work: Work, people: People):
    with work(people["nurse"]):
        figures()
    with work(people["other"]):
        assert figures().patients == 0
