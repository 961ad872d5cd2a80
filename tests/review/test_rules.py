"""This file is about what is said of the record, and what keeps a decision unsigned."""

from datetime import timedelta

from clinic.review.rules import alerts_to_read, facts, obstacles, unread
from tests.review.made import at, course, maya, one_session, pressures, treated, use


def said(record):
    return {fact.code: f"{fact.what} {fact.more}" for fact in facts(record)}


def test_the_facts_are_those_of_the_record():
    words = said(maya())

    assert words["outcome"] == "MADRS, standard 34 to 16, −52\u202f%. Response, day 7."
    assert words["pressure"] == (
        "Session 6: BP up to 164/102, +46/+26. At or above the limit of 40/25."
        " Highest before: +34/+16."
    )
    assert words["effects"] == "Side effects at most moderate. All ended on record."


def test_nothing_known_is_said_to_be_not_known():
    words = said(course(sessions=one_session()))

    assert words["outcome"].startswith("Response not known.")
    assert words["safety"].startswith("Safety items never asked.")


def test_facts_advise_nothing():
    text = " ".join(said(maya()).values()).lower()

    assert [word for word in ("should", "recommend", "consider", "suggest") if word in text] == []


def test_an_alert_that_is_open_in_a_running_session_is_read_first():
    high = {"blood_pressure": "164/102"}
    running = treated(6, 0, {-10: {}, 40: high}, locked=False, until=45)

    [alerts] = alerts_to_read(course(sessions=(running,)), None)

    assert alerts.open_now
    assert list(obstacles(1, [alerts], [])) == [f"Read {alerts.words} first: it is still open."]
    assert "session 6" in alerts.words


def test_a_closed_alert_since_the_last_decision_must_be_read():
    closed = treated(6, 0, pressures("118/76", "118/102", 1))
    record = course(sessions=(closed,))

    [alerts] = alerts_to_read(record, None)

    assert not alerts.open_now
    assert list(obstacles(1, [alerts], [])) == []
    assert list(unread([alerts], set())) == [f"Read {alerts.words} first."]
    assert list(unread([alerts], {alerts.session_id})) == []


def test_an_alert_from_before_the_last_decision_was_read_then():
    record = course(sessions=(treated(6, 0, pressures("118/76", "118/102", 1)),))

    assert alerts_to_read(record, at(0) + timedelta(hours=4)) == []


def test_an_unreviewed_safety_answer_and_a_course_without_a_dose_keep_it_unsigned():
    """Definitions D7.4."""
    assert list(obstacles(0, [], ["EPDS item 10: 1"])) == [
        "This opens after session 1.",
        "EPDS item 10: 1: review it first.",
    ]


def test_a_low_total_does_not_hide_a_safety_answer():
    """Definitions D7.4."""
    words = said(course(use("EPDS", 7, 1, _10=1), sessions=one_session()))

    assert words["safety"] == "Safety items above 0 or not answered. EPDS 10: 1, Tue 03 Mar."
