"""This file is about who makes the call, and whom: one dose yesterday at 09:30, now it is 09:00."""

import uuid
from datetime import timedelta

import pytest

from clinic.core.acting import Acting, act_as
from clinic.core.permissions import Role
from clinic.core.signatures import reauthenticate_with
from clinic.followups import queries
from clinic.followups.rules import State
from clinic.instruments.actions import record_response
from clinic.instruments.models import Way
from clinic.instruments.rules import MomentCode
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_user
from tests.followups.room import CALL_AT, T0, dosed_course

__all__ = ["desk", "somebody", "stranger"]

NEGATIVE = {"1": 0, "2": 0, "6": 0}


@pytest.fixture
def nurse(app, work, somebody) -> Acting:
    """The nurse, with a name and a password."""
    reauthenticate_with(app, lambda password: password == "right")
    with work(somebody):
        make_user(id=NURSE_ID, role=Role.NURSE)
    return somebody


@pytest.fixture
def course_id(app, nurse) -> uuid.UUID:
    """Maya's course with one dose."""
    return dosed_course(app, nurse, T0)


@pytest.fixture
def at_the_call(clock, course_id) -> str:
    """It is 09:40 on the day after the dose; the address of her 24-hour call."""
    clock.now = CALL_AT
    return f"/courses/{course_id}/follow-ups/24-hours/1/contact"


@pytest.fixture
def screen(work, nurse, at_the_call, course_id):
    """`screen(answers)` writes down the C-SSRS of this call."""

    def write(answers: dict[str, int]) -> None:
        with work(nurse):
            record_response(
                course_id,
                "CSSRS_SCREEN_SLC",
                answers,
                moment=MomentCode.DAY_1,
                answered_at=CALL_AT - timedelta(minutes=3),
                way=Way.CALL,
                session_id=queries.of_course(course_id, CALL_AT)[0].session_id,
            )

    return write


@pytest.fixture
def screened(screen, at_the_call) -> str:
    """The same, with a negative C-SSRS of this call."""
    screen(NEGATIVE)
    return at_the_call


@pytest.fixture
def state(app, nurse, course_id):
    """`state()`: how the 24-hour call stands now."""

    def ask() -> State:
        with app.app_context(), act_as(nurse):
            return queries.of_course(course_id, CALL_AT)[0].state

    return ask
