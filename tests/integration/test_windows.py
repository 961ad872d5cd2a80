"""This file is about the window of the talk after each dose: its ends, and how it stands."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from clinic.integration.rules import (
    Given,
    Kind,
    Status,
    Visit,
    WindowState,
    hours_from,
    tally,
    windows_after,
)
from clinic.protocols.rules import Integration

RULE = Integration(opens_hours=24, closes_hours=72, source="[P]")
T0 = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
SECOND = T0 + timedelta(hours=48)
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
DOSE = Given(ONE, 1, T0, "56 mg")
BOTH = [DOSE, Given(TWO, 2, SECOND, "56 mg")]
SOON, LATE = T0 + timedelta(hours=1), T0 + timedelta(hours=100)


def talk(hours=30, status=Status.DONE, *, after=ONE, kind=Kind.INTEGRATION, minutes=0):
    at = T0 + timedelta(hours=hours, minutes=minutes)
    return Visit(uuid.uuid4(), kind, status, at, after)


def only(visits, now=SOON):
    (window,) = windows_after(RULE, [DOSE], visits, now)
    return window


def test_without_a_dose_nothing_is_offered():
    assert windows_after(RULE, [], [talk()], SOON) == []


def test_a_window_opens_24_and_closes_72_hours_after_the_dose():
    window = only([])

    assert window.opens_at == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert window.closes_at == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "minutes", "inside"),
    [(24, 0, True), (24, -1, False), (72, 0, True), (72, 1, False), (30, 0, True)],
)
def test_both_ends_of_the_window_are_inside(hours, minutes, inside):
    window = only([talk(hours, minutes=minutes)])

    assert window.holds(window.visit.starts_at) is inside
    assert window.is_outside is not inside
    assert window.state is WindowState.DONE


@pytest.mark.parametrize(
    ("hours", "minutes", "state"),
    [
        (0, 0, WindowState.OFFERED),
        (72, 0, WindowState.OFFERED),
        (72, 1, WindowState.PASSED),
    ],
)
def test_with_nothing_on_record_a_talk_is_offered_until_the_window_closes(hours, minutes, state):
    assert only([], T0 + timedelta(hours=hours, minutes=minutes)).state is state


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status.PLANNED, WindowState.PLANNED),
        (Status.DONE, WindowState.DONE),
        (Status.MISSED, WindowState.MISSED),
        (Status.NOT_WANTED, WindowState.NOT_WANTED),
    ],
)
def test_a_window_stands_as_its_talk_also_after_it_closed(status, state):
    assert only([talk(status=status)], LATE).state is state


def test_an_entry_in_error_counts_nowhere():
    assert only([talk(status=Status.ERROR)]).state is WindowState.OFFERED


def test_another_kind_of_visit_and_a_talk_after_another_dose_do_not_count():
    visits = [talk(kind=Kind.PSYCHOTHERAPY), talk(after=TWO), talk(after=None)]

    assert only(visits).state is WindowState.OFFERED


def test_a_talk_that_was_held_after_one_was_missed_counts_as_held():
    missed, held = talk(26, Status.MISSED), talk(50)

    for visits in ([missed, held], [held, missed]):
        assert (only(visits).state, only(visits).visit) == (WindowState.DONE, held)


def test_a_new_date_after_a_missed_one_is_planned():
    assert only([talk(26, Status.MISSED), talk(50, Status.PLANNED)]).state is WindowState.PLANNED


def test_of_two_talks_the_one_inside_the_window_says_how_it_stands():
    inside = talk(30)

    assert only([talk(80), inside]).visit is inside


def test_doses_two_days_apart_have_a_window_each_in_their_order():
    first, second = windows_after(RULE, BOTH[::-1], [talk(30), talk(75, after=TWO)], LATE)

    assert [first.dose.number, second.dose.number] == [1, 2]
    assert [first.state, second.state] == [WindowState.DONE, WindowState.DONE]
    assert second.opens_at == first.closes_at


@pytest.mark.parametrize(("minutes", "fits"), [(0, True), (1, False)])
def test_a_new_date_fits_until_the_next_dose(minutes, fits):
    first, _ = windows_after(RULE, BOTH, [talk(26, Status.MISSED)], SECOND)

    assert first.fits_until == SECOND
    assert first.new_date_fits(SECOND + timedelta(minutes=minutes)) is fits


@pytest.mark.parametrize(("minutes", "fits"), [(0, True), (1, False)])
def test_after_the_last_dose_a_new_date_fits_until_the_window_closes(minutes, fits):
    window = only([talk(26, Status.MISSED)])

    assert window.new_date_fits(T0 + timedelta(hours=72, minutes=minutes)) is fits


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, 0), (59, 0), (60, 1), (31 * 60 + 59, 31), (-1, -1)]
)
def test_hours_from_the_dose_are_whole_and_rounded_down(minutes, hours):
    assert hours_from(T0, T0 + timedelta(minutes=minutes)) == hours


def test_the_tally_leaves_out_what_does_not_occur():
    windows = windows_after(RULE, BOTH, [talk(30)], SECOND)

    assert tally(windows) == {WindowState.DONE: 1, WindowState.OFFERED: 1}
