"""This file is about the limit of running sessions per nurse where it is met (definitions D8.1)."""

import re
import uuid

import pytest

from clinic.accounts.actions import limit_sessions
from clinic.accounts.queries import own_clinic
from clinic.core.acting import act_as
from clinic.core.db import job
from tests.accounts.browser import Browser
from tests.factories import make_user
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FULL = "You answer for 1 running session; this clinic allows one nurse 1."


@pytest.fixture
def limited(morning: Morning) -> Morning:
    """Aiko answers for one session and may for no other; a second one is planned."""
    with morning.app.app_context(), act_as(morning.acting), job():
        clinic = own_clinic()
        limit_sessions(clinic, 1, clinic.version)
    morning.check_in()
    return morning


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_board_says_how_many_a_nurse_has_of_how_many_she_may(limited: Morning) -> None:
    rows = limited.browser.client.get("/board/rows")
    assert "Aiko Kimura 1 of 1" in words(rows.text)

    with limited.app.app_context(), act_as(limited.acting), job():
        clinic = own_clinic()
        limit_sessions(clinic, None, clinic.version)

    again = limited.browser.client.get(
        "/board/rows", headers={"If-None-Match": rows.headers["ETag"]}
    )
    assert again.status_code == 200
    assert "1 of 1" not in words(again.text)


def test_a_nurse_at_her_limit_checks_nobody_in_and_her_typing_stays(limited: Morning) -> None:
    session_id = limited.planned(limited.acting, number="HPC-0002", given_name="Rosa")

    page = limited.browser.post(
        f"/sessions/{session_id}/check-in", page=f"/sessions/{session_id}", born_on="1994-05-02"
    )

    assert page.status_code == 422
    assert FULL in words(page.text)
    assert 'value="1994-05-02"' in page.text
    assert "Hand one over first, or ask the nurse in charge." in words(page.text)


def test_a_hand_over_beyond_the_limit_waits_with_the_one_who_has_it(limited: Morning) -> None:
    with limited.app.app_context(), job():
        tom = make_user(full_name="Tom Becker", email="tom@clinic.example").id
    toms = limited.planned(limited.acting, number="HPC-0002", given_name="Rosa")
    other = Browser(limited.app)
    other.sign_in("tom@clinic.example")
    checked = other.post(
        f"/sessions/{toms}/check-in", page=f"/sessions/{toms}", born_on="1994-05-02"
    )
    assert checked.status_code == 303, checked.text
    said = {"effective_at": "now", "kind": "handover"}
    assert limited.typed(event="offered", to_id=str(tom), **said).status_code == 303

    address = f"{limited.address}/entries/{uuid.uuid4()}"
    refused = other.post(address, page="/account/password", event="accepted", **said)

    assert refused.status_code == 422
    assert FULL in words(refused.text)

    limited.clock.now = moment("09:12")
    limited.sent("09:12", "transition", event="emergency")
    address = f"{limited.address}/entries/{uuid.uuid4()}"
    taken = other.post(address, page="/account/password", event="accepted", **said)
    assert taken.status_code == 303
