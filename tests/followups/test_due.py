"""This file is about definitions D7.3 and D7.6: what is due when, and both sides of each limit."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from clinic.followups.rules import Due, Handled, State, Status, due_follow_ups
from clinic.protocols.library import library_protocols
from tests.followups.doses import dose

PROTOCOL = library_protocols()["esketamine-nasal-56-84"]
DUBLIN = ZoneInfo("Europe/Dublin")
T0 = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = T0 - timedelta(days=300)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def due(code: str = "24-hours", *, number: int = 1, now: datetime = T0, **given) -> Due:
    """The follow-up of that code of the dose with that number."""
    doses = given.pop("doses", [dose(T0)])
    zone = given.pop("zone", DUBLIN)
    found = due_follow_ups(PROTOCOL, doses, given.pop("handled", []), now, zone, **given)
    return next(one for one in found if one.code == code and one.dose.number == number)


def handled(status: Status, at: datetime = T0, code: str = "24-hours", **given) -> Handled:
    session_id = UUID(int=1) if code == "24-hours" else None
    return Handled(code, session_id, status, at, **given)


def test_without_a_dose_nothing_is_due():
    assert due_follow_ups(PROTOCOL, [], [], T0, DUBLIN) == []


def test_d7_6_24_hours_count_from_each_dose_and_the_later_moments_from_the_first():
    second = T0 + timedelta(days=2)

    found = due_follow_ups(PROTOCOL, [dose(second, 2), dose(T0)], [], T0, DUBLIN)

    assert [(one.code, one.dose.number) for one in found] == [
        ("24-hours", 1),
        ("24-hours", 2),
        ("day-7", 1),
        ("day-14", 1),
        ("day-28", 1),
        ("day-42", 1),
        ("month-3", 1),
        ("month-6", 1),
    ]
    assert [one.session_id for one in found[:3]] == [UUID(int=1), UUID(int=2), None]
    assert found[1].due_at == second + hours(24)


def test_d7_3_the_window_of_24_hours_is_from_20_to_28():
    call = due()

    assert (call.opens_at, call.due_at, call.closes_at) == (
        datetime(2026, 3, 4, 8, 0, tzinfo=UTC),  # 20 hours is 05:30: nobody is called then
        T0 + hours(24),
        T0 + hours(28),
    )


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 3, 4, 7, 59, tzinfo=UTC), State.PLANNED),
        (datetime(2026, 3, 4, 8, 0, tzinfo=UTC), State.DUE),
        (T0 + hours(28), State.DUE),
        (T0 + hours(28) + timedelta(seconds=59), State.DUE),
        (T0 + hours(28) + MINUTE, State.OVERDUE),
    ],
)
def test_a_call_is_due_from_the_opening_to_the_end_of_its_window_both_inside(at, state):
    assert due(now=at).state is state


@pytest.mark.parametrize(
    ("code", "opens", "closes"), [("day-7", 6, 8), ("day-28", 25, 31), ("month-3", 83, 97)]
)
def test_a_later_moment_is_due_within_its_days(code, opens, closes):
    start, end = T0 + timedelta(days=opens), T0 + timedelta(days=closes)

    assert due(code, now=start - MINUTE).state is State.PLANNED
    assert due(code, now=start).state is State.DUE
    assert due(code, now=end).state is State.DUE
    assert due(code, now=end + MINUTE).state is State.OVERDUE


def test_hours_are_elapsed_time_when_the_clocks_go_forward():
    """Clocks in Dublin go from 01:00 to 02:00 on 29 March 2026: the call is at 10:30 there."""
    given = datetime(2026, 3, 28, 9, 30, tzinfo=UTC)

    call = due(doses=[dose(given)], now=given)

    assert call.due_at == given + hours(24)
    assert call.due_at.astimezone(DUBLIN).strftime("%H:%M") == "10:30"
    assert call.opens_at.astimezone(DUBLIN).strftime("%H:%M") == "08:00"
    assert call.opens_at == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_hours_are_elapsed_time_when_the_clocks_go_back():
    given = datetime(2026, 10, 24, 8, 30, tzinfo=UTC)  # 09:30 in Dublin

    call = due(doses=[dose(given)], now=given)

    assert call.due_at.astimezone(DUBLIN).strftime("%H:%M") == "08:30"
    assert call.opens_at == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


def test_d7_6_a_call_after_a_late_dose_is_before_the_end_of_waking_hours():
    """T0 23:00: the window is 19:00 to 03:00, and nobody is called after 21:00."""
    given = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)

    call = due(doses=[dose(given)], now=given)

    assert (call.opens_at, call.due_at, call.closes_at) == (
        given + hours(20),
        datetime(2026, 3, 4, 21, 0, tzinfo=UTC),
        datetime(2026, 3, 4, 21, 0, tzinfo=UTC),
    )
    assert call.waking


def test_d7_6_waking_hours_are_those_of_the_clinics_zone():
    call = due(zone=ZoneInfo("America/New_York"))  # T0 is 04:30 there

    assert call.opens_at == datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    assert call.due_at == call.opens_at
    assert call.closes_at == T0 + hours(28)


def test_a_window_without_a_waking_hour_stands_and_says_so():
    """T0 02:00: from 22:00 to 06:00 nobody is called."""
    given = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)

    call = due(doses=[dose(given)], now=given)

    assert (call.waking, call.due_at) == (False, given + hours(24))


def test_a_window_that_touches_waking_hours_at_its_last_minute_is_that_minute():
    """T0 04:00: the window ends at 08:00, when calls begin."""
    given = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)

    call = due(doses=[dose(given)], now=given)

    assert call.opens_at == call.due_at == call.closes_at == given + hours(28)
    assert call.waking


def test_a_visit_keeps_the_window_of_the_protocol():
    visit = due("day-28", doses=[dose(datetime(2026, 3, 3, 2, 0, tzinfo=UTC))])

    assert visit.due_at - visit.opens_at == timedelta(days=3)


def test_done_and_missed_stay_whatever_the_time():
    late = T0 + timedelta(days=90)

    assert due(handled=[handled(Status.DONE)], now=late).state is State.DONE
    assert due(handled=[handled(Status.MISSED, reason="x")], now=late).state is State.MISSED


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (T0 + hours(22.4), False),
        (T0 + hours(22.5), True),
        (T0 + hours(28), True),
        (T0 + hours(28) + MINUTE, False),
    ],
)
def test_a_call_outside_its_window_is_done_but_not_in_window(at, inside):
    assert due(handled=[handled(Status.DONE, at)]).in_window is inside


def test_what_is_not_done_is_neither_in_nor_out_of_window():
    assert due().in_window is None


def test_moved_inside_its_window_it_is_due_at_its_new_time_and_ends_with_the_window():
    to = T0 + hours(26)
    moved = [handled(Status.MOVED, moved_to_at=to, reason="asleep")]

    assert due(handled=moved, now=to - MINUTE).state is State.MOVED
    assert due(handled=moved, now=to).state is State.DUE
    assert due(handled=moved, now=T0 + hours(28)).state is State.DUE
    assert due(handled=moved, now=T0 + hours(28) + MINUTE).state is State.OVERDUE


def test_moved_out_of_its_window_it_has_until_the_end_of_that_day():
    to = T0 + hours(50)
    moved = [handled(Status.MOVED, moved_to_at=to, reason="travels")]
    midnight = datetime(2026, 3, 6, 0, 0, tzinfo=UTC)

    assert due(handled=moved, now=to - MINUTE).state is State.MOVED
    assert due(handled=moved, now=midnight).state is State.DUE
    assert due(handled=moved, now=midnight + MINUTE).state is State.OVERDUE


def test_after_the_end_of_a_course_no_window_opens_but_what_was_written_stays():
    ended = T0 + timedelta(days=6, minutes=1)
    written = [handled(Status.MISSED, code="month-6", reason="course ended")]

    found = due_follow_ups(PROTOCOL, [dose(T0)], written, T0, DUBLIN, ended_at=ended)

    assert [one.code for one in found] == ["24-hours", "day-7", "month-6"]


def test_d6_after_leaving_against_advice_a_welfare_call_is_due_the_same_day():
    left = T0 + timedelta(minutes=50)

    call = due("welfare", doses=[dose(T0, left_early_at=left)], now=left)

    assert (call.state, call.opens_at, call.due_at) == (State.DUE, left, left)
    assert call.closes_at == datetime(2026, 3, 3, 21, 0, tzinfo=UTC)
    assert due(
        "welfare", doses=[dose(T0, left_early_at=left)], now=call.closes_at + MINUTE
    ).state is (State.OVERDUE)


def test_d6_who_leaves_after_waking_hours_is_called_until_midnight():
    left = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)

    call = due("welfare", doses=[dose(T0, left_early_at=left)], now=left)

    assert (call.waking, call.closes_at) == (False, datetime(2026, 3, 4, 0, 0, tzinfo=UTC))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due(now=datetime(2026, 3, 3, 9, 30))  # noqa: DTZ001 - that is the fault
