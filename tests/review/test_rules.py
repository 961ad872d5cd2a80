"""This file is about what is said of the record, and what keeps a decision unsigned."""

from datetime import timedelta

from clinic.protocols.rules import Severity
from clinic.review.rules import (
    alerts_to_read,
    effect_rows,
    facts,
    obstacles,
    session_rows,
    unread,
)
from tests.review.made import at, course, maya, one_session, pressures, told, treated, use


def said(record):
    return {fact.code: f"{fact.what} {fact.more}" for fact in facts(record)}


def test_the_facts_are_those_of_the_record():
    words = said(maya())

    assert words["outcome"] == "MADRS, standard 34 to 12, −64\u202f%. Response, day 14."
    assert words["pressure"] == (
        "Session 6: BP up to 164/102, +46/+26. At or above the limit of 40/25."
        " Highest before: +34/+16."
    )
    assert words["effects"] == "Side effects at most moderate. All ended on record."


def test_what_she_told_at_a_follow_up_is_among_the_facts_and_marked_as_told():
    headache = told(1, "headache", Severity.SEVERE, session=1)

    [fact] = [f for f in facts(maya(told=(headache,))) if f.code == "effects"]

    assert (fact.what, fact.outside) == ("Side effects at most severe.", True)
    assert fact.more == ("All ended on record. Told at follow-ups: headache, severe, Wed 25 Feb.")


def test_a_told_side_effect_is_a_row_of_its_own_beside_the_one_of_the_session():
    seen = one_session(effects=((10, "dizziness", "mild"),))
    record = course(sessions=seen, told=(told(1, "dizziness", Severity.MODERATE, session=1),))

    rows = effect_rows(record, session_rows(record))

    assert [(r.term, r.number, r.day, str(r.severity), r.where) for r in rows] == [
        ("Dizziness", 1, 0, "mild", "session 1"),
        ("Dizziness", 1, 1, "moderate", "told at 24 hours after the dose"),
    ]


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
