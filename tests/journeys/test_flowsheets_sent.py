"""Each flowsheet, sent as a tablet sends it, is stored and exported as written on both databases.

The journeys type the sheets in Chromium; here it is the databases that are asked.
"""

import uuid
from decimal import Decimal

import pytest
from flask import Flask

from clinic.accounts.models import Clinic
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.sessions.actions import plan_session
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.factories import CLINIC_ID, make_infant, make_patient
from tests.journeys.as_sent import Sending
from tests.journeys.flowsheet import NAMES, Sheet, sheet
from tests.journeys.read_back import Rows, compare_exports, compare_states, stored
from tests.reports.room import download
from tests.sessions.room import ready_course


def planned(app: Flask, staff: Acting, paper: Sheet) -> uuid.UUID:
    """Her chart, and the order for today."""
    given, family = paper.heading["patient"].split(maxsplit=1)
    with app.app_context(), act_as(staff), job():
        db.session.get_one(Clinic, CLINIC_ID).idle_minutes = 600
        woman = make_patient(
            number=paper.heading["number"],
            given_name=given,
            family_name=family,
            born_on=paper.day("born"),
            gave_birth_on=paper.day("gave birth"),
        )
        feeding = "breast" if paper.is_breastfeeding else "formula"
        make_infant(woman, feeding=feeding, born_on=paper.day("gave birth"))
        return plan_session(
            ready_course(woman.id),
            planned_at=paper.planned_at,
            room=paper.heading["room"],
            ordered_dose=Decimal(paper.mg),
            ordered_by_id=staff.actor_id,
            agreed_pause_hours=Decimal(paper.pause_hours) if paper.pause_hours else None,
        ).id


def at_work(app: Flask, role: str) -> Browser:
    """Somebody who has signed in."""
    browser = Browser(app)
    assert browser.sign_in(f"{role}@clinic.example").status_code == 302
    return browser


@pytest.mark.parametrize("name", NAMES)
def test_a_flowsheet_sent_as_it_happens_is_stored_and_exported_as_it_was_written(
    name: str, app: Flask, staff: Acting, clock: Clock
) -> None:
    paper = sheet(name)
    clock.now = paper.rows[0].at
    session_id = planned(app, staff, paper)
    nurse, psychiatrist = at_work(app, "nurse"), at_work(app, "psychiatrist")

    Sending(paper, clock, f"/sessions/{session_id}", nurse, psychiatrist).sends_everything()

    administrator = at_work(app, "administrator")

    def exports(table: str, day: str) -> Rows:
        return download(administrator, table.replace(" ", "-"), from_on=day, to_on=day)

    compare_states(stored(app, staff, session_id), name)
    compare_exports(exports, name)
