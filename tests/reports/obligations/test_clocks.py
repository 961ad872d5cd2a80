"""A form and a serious event have clocks of their own; the last day is in time."""

from datetime import date
from uuid import UUID

import pytest

from clinic.reports.library.obligations import library_clocks
from clinic.reports.rules.obligations import (
    ClocksError,
    ClockState,
    EventClocks,
    FormStatus,
    SentBy,
    Submitted,
    days_left,
    form_status,
    known_on,
    standing_submissions,
    standings,
)
from clinic.sessions.rules import log
from clinic.sessions.rules.reporting import Report, ReportedTo
from tests.reports.made import DUBLIN, NURSE_ID, T0, common, effect, number, record, spray

DUE = date(2026, 3, 19)
CODES = [one.code for one in library_clocks().clocks]
IN_A_TRIAL = library_clocks().with_choice(
    dict.fromkeys(CODES, True),
    {"sponsor-fatal": 7, "sponsor-other": 15, "rems": None, "medwatch": None},
)


def march(day: int) -> date:
    return date(2026, 3, day)


def submitted(n: int, day: int, *, proof: bool = True) -> Submitted:
    return Submitted(UUID(int=n), UUID(int=99), SentBy.FAX, march(day), proof, NURSE_ID, T0)


def told(to: ReportedTo, day: int) -> Report:
    return Report(UUID(int=day), number(2), to, march(day), "", NURSE_ID, T0)


def states(criterion: str | None, today: int, *reports: Report) -> dict[str, ClockState]:
    found = standings(IN_A_TRIAL, criterion, march(12), reports, march(today))
    return {one.clock.code: one.state for one in found}


@pytest.mark.parametrize(("today", "status"), [(19, FormStatus.DUE), (20, FormStatus.OVERDUE)])
def test_a_form_is_overdue_after_its_last_day(today, status):
    """Definitions D1.1: seven calendar days."""
    assert form_status(DUE, march(today), filled=False, submissions=[]) is status


@pytest.mark.parametrize(("sent", "status"), [(19, FormStatus.SENT), (20, FormStatus.SENT_LATE)])
def test_a_form_is_sent_in_time_up_to_its_last_day(sent, status):
    found = form_status(DUE, march(25), filled=True, submissions=[submitted(1, sent)])

    assert found is status
    assert not found.is_open


def test_a_submission_without_proof_stays_on_the_list_until_one_comes():
    bare, proved = submitted(1, 15, proof=False), submitted(2, 21)

    missing = form_status(DUE, march(25), filled=True, submissions=[bare])
    done = form_status(DUE, march(25), filled=True, submissions=[bare, proved])

    assert (missing, missing.is_open) == (FormStatus.PROOF_MISSING, True)
    assert done is FormStatus.SENT  # it went out on the 15th


def test_a_submission_entered_in_error_stands_no_more():
    wrong, back = submitted(1, 15), submitted(2, 16)

    assert standing_submissions([(wrong, None), (back, wrong.id)]) == []


@pytest.mark.parametrize(
    ("today", "words"),
    [(18, "in 1 day"), (19, "due today"), (20, "1 day late"), (22, "3 days late")],
)
def test_the_days_that_are_left_are_said(today, words):
    assert days_left(DUE, march(today)) == words


def test_a_fatal_event_has_seven_days_and_another_fifteen():
    """ICH E2A; 21 CFR 312.32."""
    assert "sponsor-fatal" in states("death", 19)
    assert states("death", 19)["sponsor-fatal"] is ClockState.DUE
    assert states("death", 20)["sponsor-fatal"] is ClockState.OVERDUE
    assert states("hospitalisation", 27)["sponsor-other"] is ClockState.DUE
    assert states("hospitalisation", 28)["sponsor-other"] is ClockState.OVERDUE
    assert "sponsor-other" not in states("life-threatening", 13)


def test_a_clock_without_days_runs_out_never_and_says_so():
    assert states(None, 30)["rems"] is ClockState.NO_TIME


def test_telling_stops_the_clock_of_the_one_who_was_told():
    found = states("death", 30, told(ReportedTo.SPONSOR, 19), told(ReportedTo.REMS, 25))

    assert (found["sponsor-fatal"], found["rems"]) == (ClockState.TOLD, ClockState.TOLD)
    assert found["medwatch"] is ClockState.NO_TIME
    late = states("death", 30, told(ReportedTo.SPONSOR, 20))
    assert late["sponsor-fatal"] is ClockState.TOLD_LATE


def test_that_nobody_has_to_be_told_stops_every_clock():
    assert set(states("death", 30, told(ReportedTo.NONE, 13)).values()) == {ClockState.NEEDLESS}


def test_a_clinic_outside_a_trial_has_no_clock_of_a_sponsor():
    found = standings(library_clocks(), "death", march(12), [], march(30))

    assert [one.clock.code for one in found] == ["rems", "medwatch"]
    assert standings(None, "death", march(12), [], march(30)) == []


def test_the_clock_begins_when_it_was_first_written_that_the_event_is_serious():
    later = log.AdverseEvent(
        **common(3, 30) | {"recorded_at": T0.replace(day=14)},
        event=log.AdverseEventEvent.SEVERITY,
        subject_id=number(2),
        serious=True,
        criterion="hospitalisation",
    )
    made = record(spray(1, 0), effect(2, 10, term="chest-pain"), later, minute=4000)
    [event] = made.state.side_effects

    assert known_on(event, made.state.log, DUBLIN) == march(14)


def test_clocks_are_the_same_after_they_were_written_down():
    assert EventClocks.from_json(IN_A_TRIAL.to_json()) == IN_A_TRIAL


def test_two_clocks_of_one_name_are_refused():
    with pytest.raises(ClocksError, match="rems is there twice"):
        EventClocks.from_json(
            IN_A_TRIAL.to_json().replace('"medwatch","criteria"', '"rems","criteria"')
        )
