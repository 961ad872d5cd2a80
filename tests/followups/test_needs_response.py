"""This file is about the cards of what needs a response: owner, next person, clock, both pages."""

import re
import uuid
from datetime import timedelta

import pytest

from clinic.accounts.models import Duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core.permissions import Role
from tests.desk import NURSE_ID
from tests.factories import kept, make_user
from tests.followups.room import CALL_AT, T0, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
YES_TO_2 = {"1": 1, "2": 1, "3": 0, "4": 0, "5": 0, "6": 0}


@pytest.fixture
def on_duty(work, nurse):
    """The nurse is in charge, a psychiatrist is on call."""
    with work(nurse):
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        for kind, user_id in ((DutyKind.IN_CHARGE, NURSE_ID), (DutyKind.ON_CALL, DOCTOR_ID)):
            hours = {"starts_at": T0, "ends_at": T0 + timedelta(days=2), "accepted_at": T0}
            kept(Duty(kind=kind, user_id=user_id, named_by_id=user_id, named_at=T0, **hours))


@pytest.fixture
def answered(on_duty, screen):
    """A C-SSRS with a yes to question 2, written down at 09:40."""
    screen(YES_TO_2)


def test_a_card_says_who_owns_it_who_is_next_and_by_when_she_is_called(desk, answered):
    said = words(desk.get("/follow-ups").text)

    assert "1 h 0 call back by 10:40" in said
    assert "Owner Aiko Kimura · after 10:10 also Dr Chidi Okafor" in said


def test_the_board_has_the_same_owner_and_the_same_clock(desk, answered, clock):
    clock.now = CALL_AT + timedelta(minutes=31)

    for place in ("/follow-ups", "/board"):
        page = desk.get(place).text
        said = words(page)
        assert "29 min call back by 10:40" in said
        assert "Owner Aiko Kimura · Dr Chidi Okafor told 10:10" in said
        assert re.findall(r'data-answer-by="([^"]+)"', page) == ["2026-03-12T10:40:00+00:00"]


def test_who_takes_it_on_owns_it_and_it_stays_until_it_is_answered(desk, answered, clock):
    page = desk.get("/follow-ups").text
    take = re.search(r'action="(/scales/[^"]+/take)"', page).group(1)

    answer = desk.post(take)

    assert answer.status_code == 303
    said = words(desk.get("/follow-ups").text)
    assert "Owner Aiko Kimura, took it on 09:40" in said
    assert "Take it on" not in said
    review = {"step": "safety-plan", "text": "Spoke with her", "done_at": "2026-03-12T09:40"}
    desk.post(take.replace("/take", "/review"), **review)
    assert "Nobody waits for a response." in words(desk.get("/follow-ups").text)
    assert desk.post(take).status_code == 409


@pytest.mark.parametrize(("minutes", "shown"), [(45, False), (46, True), (60, True), (61, False)])
def test_below_15_minutes_the_clock_is_solid_and_past_it_the_card_has_stripes(
    desk, answered, clock, minutes, shown
):
    clock.now = CALL_AT + timedelta(minutes=minutes)

    page = desk.get("/follow-ups").text

    assert ('class="c-left is-near"' in page) is shown
    assert ('class="is-late" data-answer-card' in page) is (minutes > 60)


def test_without_a_cover_list_no_time_is_promised(desk, screen):
    screen(YES_TO_2)

    assert "nobody on the cover list" in words(desk.get("/follow-ups").text)


def test_a_therapist_sees_the_card_and_does_not_take_it_on(desk, answered):
    desk.role = Role.THERAPIST

    assert "Take it on" not in desk.get("/follow-ups").text
