"""A serious event is to report until a report stands; one taken back does not stand."""

from datetime import UTC, date, datetime
from uuid import UUID

from clinic.sessions.rules.reporting import Report, ReportedTo, standing, to_report
from tests.sessions.rules.factories import NURSE, Logbook

AT = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)


def report(number: int, onset_id: UUID) -> Report:
    return Report(
        UUID(int=number), onset_id, ReportedTo.REMS, date(2026, 3, 12), "No. 17", NURSE, AT
    )


def test_only_serious_events_without_a_report_are_to_report():
    book = Logbook()
    told = book.effect(5, "chest-pain", serious=True, criterion="hospitalisation")
    book.effect(6, "nausea")
    waiting = book.effect(7, "seizure", serious=True, criterion="life-threatening")
    effects = book.state(10).side_effects

    found = to_report(effects, [report(1, told.id)])

    assert [effect.onset_id for effect in found] == [waiting.id]


def test_an_event_that_became_serious_later_is_to_report():
    book = Logbook()
    onset = book.effect(5, "headache")
    book.effect_change(8, onset, "severe", serious=True, criterion="hospitalisation")

    found = to_report(book.state(10).side_effects, [])

    assert [(effect.text, effect.criterion) for effect in found] == [
        ("Headache", "hospitalisation")
    ]


def test_a_report_taken_back_does_not_stand_and_neither_does_the_taking_back():
    first, error, second = (report(n, NURSE) for n in (1, 2, 3))

    found = standing([(first, None), (error, first.id), (second, None)])

    assert found == [second]
