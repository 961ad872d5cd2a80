"""Definitions D8.5: each item is logged in one or two taps, counted on the page as it is."""

import re

import pytest

from tests.sessions.story import Morning, moment, morning
from tests.sessions.taps import Taps

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

BEFORE = [
    ({"item": "fasting", "answer": "yes"}, 1, "Yes"),
    ({"item": "bladder-emptied", "answer": "yes"}, 1, "Yes"),
    ({"item": "pregnancy-test", "answer": "yes"}, 1, "Yes"),
    ({"item": "pregnancy-test", "answer": "refused"}, 2, "Refused"),
    ({"item": "antihypertensive-taken", "answer": "yes"}, 1, "Yes"),
    ({"item": "prn-given", "answer": "yes"}, 1, "Yes"),
    ({"item": "cuff", "answer": "yes", "text": "Left arm, adult cuff"}, 2, "adult cuff"),
    ({"item": "cuff", "answer": "yes", "text": "Right arm, thigh cuff"}, 2, "thigh cuff"),
    ({"item": "baby-in-room", "answer": "no"}, 1, "No"),
    ({"item": "baby-in-room", "answer": "yes", "text": "Held by her escort"}, 2, "her escort"),
    ({"item": "milk-expressed", "answer": "yes", "text": "Stored"}, 2, "Stored"),
]
WHILE = [
    ({"kind": "note", "text": "Cuff: Right arm, large cuff"}, "Cuff: Right arm, large cuff"),
    ({"kind": "note", "text": "Baby in the room: Held by staff"}, "Held by staff"),
    ({"kind": "note", "text": "Milk expressed: Discarded"}, "Milk expressed: Discarded"),
    ({"kind": "note", "text": "First feed after dose"}, "First feed after dose"),
    ({"event": "left-room", "text": "Toilet, with a nurse"}, "Left the room: Toilet, with a nurse"),
    ({"event": "monitor-off"}, "Monitor off"),
]
AGAIN = [
    ({"event": "back"}, "Back in the room"),
    ({"event": "monitor-on"}, "Monitor on"),
]


def words(morning: Morning) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", morning.page().text).split())


def pressed(morning: Morning, page: Taps, says: dict[str, str], most: int = 2) -> int:
    """Press what says it, and send what the page would send. Returns the taps."""
    button = page.fewest(**says)
    answer = morning.browser.post(button.address, page="/account/password", **button.sends)
    assert answer.status_code == 303, answer.text
    assert button.taps <= most, f"{button.taps} taps for {says}"
    return button.taps


def test_d8_5_before_the_dose_each_item_is_one_or_two_taps(morning: Morning) -> None:
    morning.check_in()
    page = Taps(morning.page().text)

    for says, most, read in BEFORE:
        button = page.fewest(kind="check", **says)
        assert button.taps == most
        assert read in button.words
    for says, _, _ in BEFORE[-2:]:
        pressed(morning, page, {"kind": "check", **says})

    assert "Yes , Held by her escort" in words(morning)
    assert "Yes , Stored" in words(morning)


def test_d8_5_while_she_is_watched_each_item_is_two_taps(morning: Morning) -> None:
    morning.until("09:46")
    morning.clock.now = moment("09:50")

    page = Taps(morning.page().text)
    taps = [pressed(morning, page, says) for says, _ in WHILE]
    out = words(morning)
    page = Taps(morning.page().text)
    taps += [pressed(morning, page, says) for says, _ in AGAIN]

    assert set(taps) == {2}
    assert "out since 09:50, Toilet, with a nurse" in out
    log = words(morning)
    assert [read for _, read in WHILE + AGAIN if read not in log] == []


def test_d6_leaving_without_the_check_is_on_the_page_that_a_tablet_keeps(
    morning: Morning,
) -> None:
    morning.until("09:46")
    morning.clock.now = moment("09:50")
    page = Taps(morning.page().text)
    assert page.fewest(event="transferred").taps == 3
    button = page.fewest(event="left-against-advice")

    said = button.sends | {"text": "Her wish; psychiatrist not reached; her mother has the baby"}
    answer = morning.browser.post(button.address, page="/account/password", **said)

    assert answer.status_code == 303, answer.text
    assert "psychiatrist not reached" in words(morning)


def test_d8_5_a_refused_reading_is_one_of_the_reasons_that_the_keypad_asks(
    morning: Morning,
) -> None:
    morning.until("09:46")
    page = morning.page().text

    assert "data-pad-absent" in page
    for sign in ("blood_pressure", "heart_rate", "respiratory_rate", "spo2", "moaas"):
        assert f'<select class="c-why" data-why name="{sign}_absent"' in page
    assert page.count('<option value="refused">Refused</option>') >= 5
