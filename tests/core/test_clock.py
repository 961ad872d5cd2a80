"""This file is about time: one clock for the whole program, and the clinic's wall."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from clinic.core import clock as core_clock
from clinic.core.acting import Acting, NobodyIsActing, act_as
from clinic.core.formatting import (
    age,
    at_moment,
    at_time,
    hours,
    initials,
    on_date,
    on_day,
    postpartum,
    quantity,
    signed,
    weeks,
)
from tests.core.trial import HERE, THERE


@pytest.fixture
def engine_name() -> str:
    """Time is the same on every database."""
    return "sqlite"


@pytest.fixture
def dublin(app: Flask):
    """Somebody at work in Dublin."""
    with app.app_context(), act_as(HERE):
        yield


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_now_is_what_the_clock_says(app, clock) -> None:
    with app.app_context():
        assert core_clock.now() == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
        clock.advance(minutes=35)
        assert core_clock.now() == datetime(2026, 3, 12, 9, 35, tzinfo=UTC)


def test_the_systems_clock_is_aware_and_in_utc(app) -> None:
    with app.app_context():
        assert core_clock.system_clock().tzinfo is UTC


def test_today_is_the_day_on_the_clinics_wall(app, clock) -> None:
    clock.now = at("2026-03-12T02:00+00:00")

    with app.app_context():
        with act_as(HERE):
            assert core_clock.today() == date(2026, 3, 12)
        with act_as(THERE):
            assert core_clock.today() == date(2026, 3, 11)


def test_today_needs_somebody_who_acts(app) -> None:
    with app.app_context(), pytest.raises(NobodyIsActing):
        core_clock.today()


def test_a_time_is_shown_on_the_clinics_wall(dublin) -> None:
    assert at_time(at("2026-07-01T09:30+00:00")) == "10:30"
    assert at_time(at("2026-01-15T09:30+00:00")) == "09:30"
    assert at_moment(at("2026-03-12T09:30+00:00")) == "Thu 12 Mar 2026, 09:30"
    assert at_time(None) == at_moment(None) == on_day(None) == on_date(None) == ""


def test_an_hour_that_the_clock_shows_twice_names_its_zone(dublin) -> None:
    """A38: hours that do not exist or come twice."""
    assert at_time(at("2026-10-25T00:30+00:00")) == "01:30 IST"
    assert at_time(at("2026-10-25T01:30+00:00")) == "01:30 GMT"
    assert at_time(at("2026-10-25T02:30+00:00")) == "02:30"
    assert at_time(at("2026-10-24T23:30+00:00")) == "00:30"


def test_an_hour_that_was_skipped_is_never_shown(dublin) -> None:
    assert at_time(at("2026-03-29T00:59+00:00")) == "00:59"
    assert at_time(at("2026-03-29T01:00+00:00")) == "02:00"


def test_a_day_is_the_clinics_day_of_a_moment(dublin) -> None:
    assert on_day(at("2026-06-30T23:30+00:00")) == "Wed 01 Jul"
    assert on_date(date(2026, 6, 30)) == "30 Jun 2026"


def test_a_zone_with_quarter_hours_is_right_too(app) -> None:
    kathmandu = Acting(HERE.actor_id, HERE.clinic_id, ZoneInfo("Asia/Kathmandu"))

    with app.app_context(), act_as(kathmandu):
        assert at_time(at("2026-03-12T09:30+00:00")) == "15:15"


def test_quantities_have_no_idle_zeros_and_a_true_minus() -> None:
    from decimal import Decimal

    assert quantity(Decimal("84.00"), "mg") == "84\u202fmg"
    assert quantity(Decimal("100")) == "100"
    assert quantity(Decimal("-0.50"), "mg") == "−0.5\u202fmg"
    assert (quantity(0, "mg"), quantity(None, "mg")) == ("0\u202fmg", "")
    assert [signed(change) for change in (30, -4, 0, None)] == ["+30", "−4", "0", ""]


def test_minutes_are_read_as_hours() -> None:
    assert [hours(m) for m in (0, 5, 62, -62, None)] == ["0:00", "0:05", "1:02", "−1:02", ""]


def test_ages_and_weeks_turn_on_their_day(dublin) -> None:
    assert age(date(1994, 5, 2), date(2026, 5, 1)) == 31
    assert age(date(1994, 5, 2), date(2026, 5, 2)) == 32
    assert age(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age(date(1994, 3, 12)) == 32
    assert age(None) is None
    assert [weeks(d) for d in (0, 1, 13, 14, 20, 49, -1, None)] == [
        "0 days postpartum",
        "1 day postpartum",
        "13 days postpartum",
        "2 weeks postpartum",
        "2 weeks postpartum",
        "7 weeks postpartum",
        "",
        "",
    ]
    assert postpartum(date(2026, 1, 22)) == "7 weeks postpartum"
    assert postpartum(None) == ""


def test_initials_leave_titles_out() -> None:
    assert [initials(n) for n in ("Aiko Kimura", "Dr Priya Nair", "Sam", "Ana de la Cruz", "")] == [
        "AK",
        "PN",
        "S",
        "AC",
        "",
    ]
