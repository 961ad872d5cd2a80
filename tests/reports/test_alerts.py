"""The alert report (definitions D4.1, D4.2, D8.8): per rule, taken up how soon, closed how."""

import pytest

from clinic.reports.rules.alerts import HEADS, as_csv, count_alerts
from clinic.sessions.rules import log
from tests.accounts.browser import Browser
from tests.reports.conftest import signed_in
from tests.reports.made import common, number, reading, record, spray

LOW, FINE = {"spo2": 94}, {"spo2": 98}
RULE = "spo2-below-95"


def taken_up(n: int, minute: int, first: int, **said) -> log.Acknowledgement:
    """The alert of the first low reading, taken up."""
    key = f"spo2.alert.{number(first)}"
    return log.Acknowledgement(**common(n, minute), alert_key=key, **said)


def low_at_20(*more: log.Entry):
    """A session with one low reading."""
    return record(spray(1, 0), reading(2, 20, LOW), *more)


def counted(*sessions):
    """What the one rule came to."""
    [one] = [count for count in count_alerts([sessions]) if count.rule == RULE]
    return one


def test_d4_1_repeats_join_their_episode_and_count_once():
    one = counted(record(spray(1, 0), reading(2, 20, LOW), reading(3, 25, LOW)))

    assert (one.alerts, len(one.sessions), one.still_open) == (1, 1, 1)


def test_d4_2_closed_by_a_reading_or_by_a_person_are_told_apart():
    by_reading = low_at_20(taken_up(3, 22, 2), reading(4, 25, FINE))
    by_person = low_at_20(taken_up(3, 24, 2, closes=True))

    one = counted(by_reading, by_person, low_at_20())

    assert (one.by_reading, one.by_person, one.still_open) == (1, 1, 1)
    assert (one.acknowledged, sorted(one.minutes)) == (2, [2, 4])


def test_d4_2_an_alert_in_error_is_counted_and_nothing_else_of_it():
    fields = {"corrects_id": number(2), "reason": "Another woman's"}
    corrected = low_at_20(taken_up(3, 21, 2), reading(4, 23, FINE, **fields))

    one = counted(corrected)

    assert (one.alerts, one.in_error, one.acknowledged, one.still_open) == (1, 1, 0, 0)


@pytest.mark.parametrize(("sessions", "median"), [(4, ""), (5, "3")])
def test_d8_8_a_median_of_fewer_than_five_is_not_told(sessions, median):
    minutes = (1, 2, 3, 4, 10)[:sessions]

    one = counted(*(low_at_20(taken_up(3, 20 + after, 2)) for after in minutes))

    assert one.median_minutes == median


@pytest.mark.parametrize(("sessions", "shown"), [(4, "fewer than 5"), (5, "5")])
def test_d8_8_small_counts_are_hidden_in_the_file_too(sessions, shown):
    counts = count_alerts([[low_at_20()] * sessions])

    head, *rows = "".join(as_csv(counts)).splitlines()

    assert head == ",".join(HEADS)
    assert rows[0].startswith(f"{RULE},alert,{shown},")


def test_d1_3_what_was_written_down_afterwards_has_no_time_to_be_taken_up_in():
    late = record(
        spray(1, 0), reading(2, 20, LOW, transcribed=True), taken_up(3, 30, 2), minute=200
    )

    one = counted(late)

    assert (one.alerts, one.acknowledged, one.minutes) == (1, 1, [])


@pytest.mark.usefixtures("treated")
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_page_and_the_file_are_for_those_who_may_export(app, people, administrator: Browser):
    march = "from=2026-03-01&to=2026-03-31"
    page = administrator.get(f"/reports/alerts?{march}")
    file = administrator.get(f"/reports/alerts.csv?{march}")
    backwards = administrator.get("/reports/alerts?from=2026-03-31&to=2026-03-01")
    nurse = signed_in(app, "nurse@clinic.example").get("/reports/alerts")

    assert page.status_code == 200
    assert "Alerts per rule" in administrator.get("/reports").text
    assert file.headers["Content-Disposition"].endswith("alerts-2026-03-01-to-2026-03-31.csv")
    assert file.text.startswith("rule,level,alerts")
    assert backwards.status_code == 422
    assert nurse.status_code == 403
