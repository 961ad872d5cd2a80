"""These journeys type each flowsheet into the pages and read it back, stored and exported.

A nurse types every line at its time into a real Chromium and signs; an administrator exports.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.db import db
from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import plan_of
from clinic.sessions.queries.log import entries_of
from clinic.sessions.queries.state import facts_of
from clinic.sessions.rules import SessionFacts, SessionState, as_known_at, session_state
from clinic.sessions.rules.log import Entry
from tests.journeys import as_exported
from tests.journeys.as_entries import PLAN
from tests.journeys.as_typed import Typing
from tests.journeys.conftest import every_course_may_be_treated
from tests.journeys.expected import differences, expectations
from tests.journeys.flowsheet import NAMES, sheet
from tests.journeys.pages import Administrator

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Stored:
    """A session as the database holds it."""

    plan: SessionPlan
    facts: SessionFacts
    entries: list[Entry]

    def state(self, moment: datetime) -> SessionState:
        """What was known at a moment."""
        signed_at = self.facts.signed_at
        known = signed_at if signed_at and signed_at <= moment else None
        facts = replace(self.facts, signed_at=known)
        return session_state(self.plan, facts, as_known_at(self.entries, moment), moment)


def stored(app: Flask, somebody: Acting, address: str) -> Stored:
    """The session that has its page at an address."""
    session_id = uuid.UUID(address.rsplit("/", 1)[-1])
    with app.app_context(), act_as(somebody):
        session = db.session.get_one(TreatmentSession, session_id)
        found = Stored(plan_of(session), facts_of(session), entries_of(session_id))
        db.session.rollback()
    return found


# Every sheet is typed on SQLite; on PostgreSQL the two that ask most of the database.
RUNS = [(name, "sqlite") for name in NAMES]
RUNS += [(name, "postgresql") for name in ("pressure-alert", "crossing-midnight")]


@pytest.mark.parametrize(("name", "engine_name"), RUNS, indirect=["engine_name"])
def test_a_flowsheet_typed_as_it_happens_is_stored_and_exported_as_it_was_typed(  # noqa: PLR0917
    name, app, staff, clock, nurse, psychiatrist, administrator
):
    paper = sheet(name)
    clock.now = paper.rows[0].at

    nurse.registers(paper)
    every_course_may_be_treated(app, staff)
    nurse.finds(paper).plans_the_session(paper)
    Typing(paper, PLAN, nurse, psychiatrist).types_everything()

    kept = stored(app, staff, nurse.session)
    for moment, expected in expectations(name):
        found = differences(kept.state(moment), expected)
        assert not found, "\n".join([f"{moment}: {expected['why']}", *found])
    compare_exports(administrator, name)


def compare_exports(administrator: Administrator, name: str) -> None:
    """Every cell that the sheet decides, in each of the files."""
    paper = sheet(name)
    worked_out = expectations(name)[-1][1]
    files: dict[str, Callable[[], list[dict[str, str]]]] = {
        "sessions": lambda: as_exported.sessions(paper, worked_out),
        "observations": lambda: as_exported.observations(paper),
        "side effects": lambda: as_exported.side_effects(paper),
        "doses": lambda: as_exported.doses(paper),
    }
    for table, typed in files.items():
        rows = administrator.exports(table, paper.heading["date"])
        wanted = typed()
        assert len(rows) == len(wanted), table
        for row, cells in zip(rows, wanted, strict=True):
            assert {column: row[column] for column in cells} == cells, table
