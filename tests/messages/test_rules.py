"""This file is about when a message may go out, when it is tried again, and its neutral words."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.links.actions.proving import TOLD
from clinic.links.actions.sending import REMINDER, TEXT
from clinic.messages.actions.carriers import SUBJECT, dialled
from clinic.messages.rules import (
    MOST_TRIES,
    Numbers,
    QuietHours,
    Reminders,
    health_words,
    next_try_after,
    not_quiet,
)

NIGHT = QuietHours(time(21), time(8))
LISBON, KOLKATA = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Kolkata")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "goes_at"),
    [
        ("2026-03-12T20:59", "2026-03-12T20:59"),
        ("2026-03-12T21:00", "2026-03-13T08:00"),
        ("2026-03-12T23:30", "2026-03-13T08:00"),
        ("2026-03-12T00:10", "2026-03-12T08:00"),
        ("2026-03-12T07:59", "2026-03-12T08:00"),
        ("2026-03-12T08:00", "2026-03-12T08:00"),
    ],
)
def test_a_message_waits_for_the_end_of_her_quiet_hours(moment, goes_at) -> None:
    assert not_quiet(at(moment), LISBON, NIGHT) == at(goes_at)


def test_her_night_counts_and_not_the_clinics() -> None:
    assert not_quiet(at("2026-03-12T16:00"), KOLKATA, NIGHT) == at("2026-03-13T02:30")


def test_the_night_on_which_clocks_go_forward_ends_on_her_wall() -> None:
    assert not_quiet(at("2026-03-28T23:00"), LISBON, NIGHT) == at("2026-03-29T07:00")


def test_hours_in_the_middle_of_a_day_are_quiet_too() -> None:
    noon = QuietHours(time(12), time(14))

    assert not_quiet(at("2026-03-12T12:30"), LISBON, noon) == at("2026-03-12T14:00")
    assert not_quiet(at("2026-03-12T14:00"), LISBON, noon) == at("2026-03-12T14:00")


def test_without_quiet_hours_it_goes_at_once() -> None:
    assert not_quiet(at("2026-03-12T03:00"), LISBON, None) == at("2026-03-12T03:00")


def test_a_reminder_falls_due_so_many_hours_after_the_link_was_sent() -> None:
    due = [Reminders(2, 24).due_at(at("2026-03-12T09:00"), number) for number in (1, 2)]

    assert due == [at("2026-03-13T09:00"), at("2026-03-14T09:00")]


def test_the_pause_grows_with_each_try_and_ends() -> None:
    failed = at("2026-03-12T09:00")
    pauses = [next_try_after(tries, failed) for tries in range(1, MOST_TRIES)]

    assert pauses[0] == failed + timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert next_try_after(MOST_TRIES, failed) is None


@pytest.mark.parametrize("text", [TEXT, REMINDER, TOLD, SUBJECT])
def test_what_we_write_says_nothing_of_health(text) -> None:
    assert health_words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Your depression check-in is due",
        "Harbour Perinatal Clinic",
        "After your ketamine session",
        "Dr Okafor's patients",
        "Postpartum support",
        "How is your MOTHERHOOD?",
    ],
)
def test_words_that_tell_a_stranger_are_found(text) -> None:
    assert health_words(text) != []


def test_the_address_of_a_page_is_no_word() -> None:
    assert health_words("It opens here: https://clinic.example/a/treat") == []


def test_numbers_that_are_missing_are_named() -> None:
    assert list(Numbers(crisis_line="1").missing()) == [
        "the clinic's own line",
        "the emergency number",
    ]


def test_a_number_is_dialled_without_what_people_write_around_it() -> None:
    assert dialled("+353 (55) 501-41") == "+3535550141"
