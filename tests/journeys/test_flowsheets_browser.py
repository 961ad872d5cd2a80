"""These journeys type each flowsheet into the pages and read it back, stored and exported.

A nurse types every line at its time into a real Chromium and signs; an administrator exports.
"""

import uuid

import pytest

from tests.journeys.as_entries import PLAN
from tests.journeys.as_typed import Typing
from tests.journeys.conftest import every_course_may_be_treated
from tests.journeys.flowsheet import NAMES, sheet
from tests.journeys.read_back import compare_exports, compare_states, stored

pytestmark = pytest.mark.journey


# Typing shows the pages, on one database; test_flowsheets_sent.py sends all five sheets to both.
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", NAMES)
def test_a_flowsheet_typed_as_it_happens_is_stored_and_exported_as_it_was_typed(  # noqa: PLR0917
    name, app, staff, clock, nurse, psychiatrist, administrator
):
    paper = sheet(name)
    clock.now = paper.rows[0].at

    nurse.registers(paper)
    every_course_may_be_treated(app, staff)
    nurse.finds(paper).plans_the_session(paper)
    Typing(paper, PLAN, nurse, psychiatrist).types_everything()

    session_id = uuid.UUID(nurse.session.rsplit("/", 1)[-1])
    compare_states(stored(app, staff, session_id), name)
    compare_exports(administrator.exports, name)
