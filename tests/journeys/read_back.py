"""This file is about reading back a session that was written from a flowsheet: stored, exported."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

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
from tests.journeys.expected import differences, expectations
from tests.journeys.flowsheet import sheet

Rows = list[dict[str, str]]


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


def stored(app: Flask, somebody: Acting, session_id: uuid.UUID) -> Stored:
    """The session with an id."""
    with app.app_context(), act_as(somebody):
        session = db.session.get_one(TreatmentSession, session_id)
        found = Stored(plan_of(session), facts_of(session), entries_of(session_id))
        db.session.rollback()
    return found


def compare_states(kept: Stored, name: str) -> None:
    """Every moment of a sheet that was worked out by hand."""
    for moment, expected in expectations(name):
        found = differences(kept.state(moment), expected)
        assert not found, "\n".join([f"{moment}: {expected['why']}", *found])


def compare_exports(exports: Callable[[str, str], Rows], name: str) -> None:
    """Every cell that the sheet decides, in each of the files. `exports`: table and day -> rows."""
    paper = sheet(name)
    worked_out = expectations(name)[-1][1]
    files: dict[str, Callable[[], Rows]] = {
        "sessions": lambda: as_exported.sessions(paper, worked_out),
        "observations": lambda: as_exported.observations(paper),
        "side effects": lambda: as_exported.side_effects(paper),
        "doses": lambda: as_exported.doses(paper),
    }
    for table, typed in files.items():
        rows = exports(table, paper.heading["date"])
        wanted = typed()
        assert len(rows) == len(wanted), table
        for row, cells in zip(rows, wanted, strict=True):
            assert {column: row[column] for column in cells} == cells, table
