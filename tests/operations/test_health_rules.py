"""How a line of the health page is judged: what is good, what can wait, what cannot, what to do."""

from datetime import timedelta

import pytest

from clinic.operations.rules import health
from clinic.operations.rules.backups import Check, Kept
from clinic.operations.rules.health import State, worst
from tests.clock import Clock

NOW = Clock().now
WHOLE = Check("", "", 5210, 880, 1.4, 9)
BROKEN = Check("", "It is not whole.", 0, 0, 0.1, 9)


def kept(hours: float, check: Check | None) -> list[Kept]:
    return [Kept("clinic.backup", NOW - timedelta(hours=hours), 9, check)]


@pytest.mark.parametrize(
    ("found", "state", "says"),
    [
        (kept(3, WHOLE), State.GOOD, "5210 rows and 880 events came back in 1.4 s"),
        (kept(3, None), State.LOOK, "was never verified"),
        (kept(30, None), State.BAD, "was never verified"),
        (kept(30, WHOLE), State.BAD, "The newest is 30 hours old."),
        (kept(3, BROKEN), State.BAD, "is not whole: It is not whole."),
        ([], State.BAD, "None was ever made."),
    ],
)
def test_a_backup_that_was_never_verified_or_is_old_is_shown_as_such(found, state, says) -> None:
    line = health.backup(found, NOW, named=True)

    assert line.state is state
    assert says in line.says
    assert bool(line.do) is (state is not State.GOOD)


def test_without_a_folder_there_is_no_backup() -> None:
    assert health.backup([], NOW, named=False).state is State.BAD


@pytest.mark.parametrize(
    ("used", "state"), [(84, State.GOOD), (85, State.LOOK), (94, State.LOOK), (95, State.BAD)]
)
def test_a_disk_is_looked_at_from_85_percent_and_acted_on_from_95(used, state) -> None:
    assert health.disk("the database", used, 3.2).state is state


@pytest.mark.parametrize(
    ("synchronised", "seconds", "state"),
    [
        (True, 0, State.GOOD),
        (None, 5, State.GOOD),
        (False, 0, State.LOOK),
        (True, 3600, State.BAD),
    ],
)
def test_a_clock_that_went_back_by_an_hour_is_bad(synchronised, seconds, state) -> None:
    line = health.clock(synchronised=synchronised, ahead=timedelta(seconds=seconds))

    assert line.state is state


@pytest.mark.parametrize(
    ("ways", "waiting", "minutes", "failed", "state"),
    [
        (["e-mail"], 0, None, 0, State.GOOD),
        (["e-mail"], 3, 10, 0, State.GOOD),
        (["e-mail"], 3, 16, 0, State.BAD),
        (["e-mail"], 0, None, 1, State.LOOK),
        ([], 0, None, 0, State.LOOK),
    ],
)
def test_messages_that_wait_longer_than_15_minutes_are_bad(
    ways, waiting, minutes, failed, state
) -> None:
    oldest = None if minutes is None else timedelta(minutes=minutes)

    assert health.mail(ways, waiting, oldest, failed).state is state


@pytest.mark.parametrize(
    ("days", "whole", "state"),
    [(1, True, State.GOOD), (9, True, State.LOOK), (1, False, State.BAD), (None, True, State.LOOK)],
)
def test_a_trail_that_is_broken_or_was_not_checked_for_a_week_is_shown(days, whole, state) -> None:
    at = None if days is None else NOW - timedelta(days=days)
    line = health.trail(at, NOW, whole=whole, why="event 3: its content was altered")

    assert line.state is state
    assert ("event 3" in line.says) is (not whole)


def test_tables_of_another_version_a_standby_that_is_away_and_lost_keys_are_bad() -> None:
    lines = [
        health.migrations("0021", "0022"),
        health.migrations(None, "0022"),
        health.database("PostgreSQL", [], "gone"),
        health.keys(["The key is not there."]),
    ]

    assert {line.state for line in lines} == {State.BAD}
    assert all(line.do for line in lines)
    assert health.database("PostgreSQL", [], "there").state is State.GOOD
    assert health.database("PostgreSQL", ["It is a superuser."], "").state is State.LOOK


def test_the_whole_stands_as_its_worst_line() -> None:
    fine = health.keys([])
    look = health.disk("exports", 90, 1.0)
    bad = health.migrations("0021", "0022")

    assert worst([fine, look, bad]) is State.BAD
    assert worst([fine, look]) is State.LOOK
    assert worst([fine]) is State.GOOD


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "30 minutes"), (1.9, "114 minutes"), (26, "26 hours"), (50, "2 days")],
)
def test_a_time_is_said_in_the_unit_that_says_enough(hours, words) -> None:
    assert health.ago(timedelta(hours=hours)) == words
