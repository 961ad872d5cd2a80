"""This file is about serious events and weights in the files: what was reported, what is open."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clinic.reports.rules.tables import TABLES
from clinic.sessions.rules.reporting import Report, ReportedTo
from tests.reports.made import NURSE_ID, T0, effect, number, record, shown, spray

SIDE_EFFECTS, SESSIONS = TABLES["side-effects"], TABLES["sessions"]
SERIOUS = {"term": "chest-pain", "serious": True, "criterion": "hospitalisation"}


def report(day: int, to: ReportedTo) -> Report:
    """A report of the second entry."""
    return Report(UUID(int=day), number(2), to, date(2026, 3, day), "", NURSE_ID, T0)


def test_a_serious_event_without_a_report_is_still_to_report():
    row = shown(SIDE_EFFECTS, record(spray(1, 0), effect(2, 10, **SERIOUS)))[0]

    assert (row["still_to_report"], row["reported_to"], row["reported_on"]) == (True, None, None)


def test_the_file_says_to_whom_it_was_reported_and_when_first():
    told = (report(13, ReportedTo.REMS), report(14, ReportedTo.MEDWATCH))

    row = shown(SIDE_EFFECTS, record(spray(1, 0), effect(2, 10, **SERIOUS), reports=told))[0]

    assert row["reported_to"] == "rems medwatch"
    assert (row["reported_on"], row["still_to_report"]) == (date(2026, 3, 13), False)


def test_what_is_not_serious_has_nothing_to_report():
    row = shown(SIDE_EFFECTS, record(spray(1, 0), effect(2, 10, term="nausea")))[0]

    assert (row["still_to_report"], row["reported_to"]) == (None, None)


def test_an_order_by_weight_has_the_weight_and_its_day():
    made = record(spray(1, 0), weight_kg=Decimal("68.4"), weighed_on=date(2026, 3, 10))

    row = shown(SESSIONS, made)[0]

    assert (row["order_weight_kg"], row["order_weighed_on"]) == (
        Decimal("68.4"),
        date(2026, 3, 10),
    )
