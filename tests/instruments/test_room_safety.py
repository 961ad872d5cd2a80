"""Definitions D7.4: a safety answer waits for a person, whatever the total and later answers."""

from datetime import timedelta

import pytest

from clinic.core.errors import Conflict
from clinic.instruments import actions, queries
from clinic.instruments.models import Way
from clinic.instruments.rules import (
    MomentCode,
    SafetyFinding,
    SafetyKind,
    SafetyStep,
    Version,
    open_answers,
)
from tests.factories import make_patient
from tests.instruments.room import items, used

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DONE = {"step": SafetyStep.SAFETY_PLAN, "text": "Spoke with her; plan renewed."}


def found(item="10", score=1):
    return SafetyFinding(item, SafetyKind.SELF_HARM, score, None, "D7.4")


def version(*findings, answered=("10",), reviewed=False):
    return Version(tuple(findings), frozenset(answered), reviewed)


def waiting(*versions):
    return [(o.finding.item, o.finding.score, o.version) for o in open_answers(versions)]


def test_a_correction_to_zero_clears_nothing():
    assert waiting(version(found(score=2)), version()) == [("10", 2, 0)]


def test_a_changed_answer_waits_beside_the_former_one():
    assert waiting(version(found(score=2)), version(found(score=1))) == [("10", 2, 0), ("10", 1, 1)]


def test_a_review_covers_its_version_those_before_and_the_same_answer_later():
    reviewed = version(found(score=2), reviewed=True)

    assert waiting(version(found(score=1)), reviewed) == []
    assert waiting(reviewed, version(found(score=2))) == []
    assert waiting(reviewed, version(found(score=3))) == [("10", 3, 1)]


def test_a_skipped_item_waits_until_it_is_answered():
    skipped = version(found(score=None), answered=())

    assert waiting(skipped) == [("10", None, 0)]
    assert waiting(skipped, version(found(score=None), answered=("1",))) == [("10", None, 0)]
    assert waiting(skipped, version()) == []
    assert waiting(skipped, version(found(score=1))) == [("10", 1, 1)]


def correct(row, answers, clock):
    return actions.correct_response(
        row.id,
        answers,
        reason="asked once more",
        moment=MomentCode.BASELINE,
        answered_at=clock.now,
        way=Way.VISIT,
    )


def test_d7_4_a_low_total_and_a_correction_clear_nothing(work, somebody, course_id, clock):
    with work(somebody):
        first = used(course_id, "EPDS", items(10, 0, _10=1))
        patient_id = first.patient_id
        corrected = correct(first, items(10, 0), clock).id

    with work(somebody):
        (row,) = queries.open_safety(patient_id)
        assert row.words == ["EPDS item 10: 1, later changed to 0"]
        assert (row.use.score.total, row.since) == (0, clock.now)
        actions.review_safety(corrected, **DONE)

    with work(somebody):
        (use,) = queries.responses_of(course_id)
        (review,) = queries.reviews_of(patient_id)
        assert (use.open, use.reviews) == ((), (review,))
        assert (review.step, review.reviewed_at) == (SafetyStep.SAFETY_PLAN, clock.now)
        assert queries.open_safety() == []


@sqlite_only
def test_d7_4_a_skipped_safety_item_gives_no_total_and_a_task_until_it_is_asked(
    work, somebody, course_id, clock
):
    with work(somebody):
        row = used(course_id, "PHQ9", items(9, 1, _9=None))
        (task,) = queries.open_safety()
        assert task.words == ["PHQ-9 item 9: not answered, ask today"]
        assert task.use.score.total is None
        correct(row, items(9, 1, _9=0), clock)

    with work(somebody):
        assert queries.open_safety() == []
        assert queries.latest(course_id, "PHQ9").score.total == 8


@sqlite_only
def test_d7_4_every_positive_answer_of_the_definitions_waits(work, somebody, course_id):
    positive = {
        "EPDS": items(10, 0, _10=1),
        "PHQ9": items(9, 0, _9=1),
        "MADRS": items(10, 0, _10=1),
        "HAMD17": {"3": 1},
        "QIDSSR16": {"12": 1},
        "PBQ": {"24": 1},
        "CSSRS_SCREEN_SLC": {"1": 1, "2": 0, "6": 0},
    }
    with work(somebody):
        for code, answers in positive.items():
            used(course_id, code, answers)

    with work(somebody):
        waiting = {row.use.response.instrument_code for row in queries.open_safety()}
        assert waiting == set(positive)
        screen = queries.latest(course_id, "CSSRS_SCREEN_SLC")
        assert (screen.triage.level, screen.score.total) == ("low", None)


@sqlite_only
def test_open_answers_stand_oldest_first_and_only_hers(work, somebody, course_id, clock):
    with work(somebody):
        other = make_patient(number="P-2").id
        used(course_id, "GAD7", items(7, 3))
        used(course_id, "EPDS", items(10, 0, _10=1))
        clock.advance(hours=1)
        earlier_answered = clock.now - timedelta(days=3)
        used(course_id, "MADRS", items(10, 0, _10=4), at=earlier_answered)

    with work(somebody):
        rows = queries.open_safety()
        assert [row.use.instrument.code for row in rows] == ["EPDS", "MADRS"]
        assert [row.urgent for row in rows] == [False, True]
        assert queries.open_safety(other) == []


@sqlite_only
def test_what_was_entered_in_error_still_waits(work, somebody, course_id):
    with work(somebody):
        row = used(course_id, "EPDS", items(10, 0, _10=3))
        actions.withdraw_response(row.id, "another woman's form")

    with work(somebody):
        (task,) = queries.open_safety()
        assert task.words == ["EPDS item 10: 3, later marked as entered in error"]


def test_a_second_review_is_refused(work, somebody, course_id):
    with work(somebody):
        row_id = used(course_id, "EPDS", items(10, 0, _10=3)).id
        actions.review_safety(row_id, **DONE)

    with work(somebody), pytest.raises(Conflict, match="reviewed these answers meanwhile"):
        actions.review_safety(row_id, **DONE)


@sqlite_only
def test_a_review_of_what_was_seen_covers_no_later_answer(work, somebody, course_id, clock):
    with work(somebody):
        row = used(course_id, "EPDS", items(10, 0, _10=1))
        later = correct(row, items(10, 0, _10=3), clock).id
        actions.review_safety(row.id, **DONE)

    with work(somebody):
        (task,) = queries.open_safety()
        assert task.words == ["EPDS item 10: 3"]
        assert task.use.response.id == later
