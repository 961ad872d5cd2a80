"""This file is about what is asked in a contact, what is a concern, and which steps that closes."""

import pytest

from clinic.followups.rules import Amount, Answers, NextStep, Reply, asked, concerns, step_fault
from clinic.followups.rules.scales import scales_at
from clinic.instruments.library import library_instruments
from clinic.protocols.library import library_protocols

TERMS = {"nausea": "Nausea"}
QUIET = {"hard-to-wake": Reply.NO, "harm": Reply.NO, "warning": Reply.NO}
INFANT = ["hard-to-wake", "feeding", "breathing", "colour"]


def codes(**how: object) -> list[str]:
    return [question.code for question in asked(**how)]


@pytest.mark.parametrize("milk", [True, None])
def test_four_questions_of_the_infant_are_asked_unless_it_is_known_to_get_no_milk(milk):
    assert codes(infants=True, milk=milk) == ["warning", *INFANT, "harm"]


def test_without_her_milk_the_question_of_feeding_goes_and_the_others_stay():
    assert codes(infants=True, milk=False) == [
        "warning",
        "hard-to-wake",
        "breathing",
        "colour",
        "harm",
    ]


def test_without_an_infant_on_record_nothing_is_asked_of_one():
    assert codes(infants=False, milk=None) == ["warning"]


def test_calm_answers_are_no_concern():
    answers = Answers(effects={"nausea": Amount.MODERATE}, bladder=Amount.MILD, replies=QUIET)

    assert concerns(answers, TERMS) == []


@pytest.mark.parametrize("code", [*INFANT, "harm", "warning"])
def test_any_yes_is_a_concern(code):
    (found,) = concerns(Answers(replies=QUIET | {code: Reply.YES}), TERMS)

    assert found.code == code
    assert found.urgent == (code in ("harm", "warning"))
    assert found.source


def test_a_question_she_does_not_answer_is_a_concern_too():
    (found,) = concerns(Answers(replies={"harm": Reply.REFUSED}), TERMS)

    assert found.text == "Thoughts of harming the baby: not answered, ask today"


def test_a_severe_side_effect_is_a_concern_by_its_name():
    answers = Answers(
        effects={"nausea": Amount.SEVERE, "other": Amount.SEVERE},
        other_effect="Rash",
        bladder=Amount.SEVERE,
    )

    assert [one.text for one in concerns(answers, TERMS)] == [
        "Nausea, severe",
        "Rash, severe",
        "Bladder symptoms, severe",
    ]


def test_d7_4_a_screener_that_was_not_asked_is_a_concern_of_the_same_day():
    (found,) = concerns(Answers(screen_reason="her mother was listening"), TERMS)

    assert found.text == "C-SSRS not asked: her mother was listening"


def fault(step: NextStep, replies=None, level: str | None = None, *, urgent=False) -> str | None:
    found = concerns(Answers(replies=replies or {}), TERMS)
    return step_fault(step, found, screen_level=level, urgent_screen=urgent)


@pytest.mark.parametrize("step", list(NextStep))
def test_without_a_concern_every_next_step_is_open(step):
    assert fault(step) is None


def test_an_infant_concern_closes_as_planned_and_leaves_the_others():
    yes = {"feeding": Reply.YES}

    assert fault(NextStep.AS_PLANNED, yes) == "“As planned” is closed: Feeding less, or weaker."
    assert fault(NextStep.CALL_AGAIN, yes) is None


@pytest.mark.parametrize("level", ["moderate", "high"])
def test_a_moderate_or_high_screen_leaves_only_a_psychiatrist_today_or_emergency(level):
    assert fault(NextStep.AS_PLANNED, level=level, urgent=True) == (
        f"“As planned” is closed: C-SSRS {level}."
    )
    assert fault(NextStep.CALL_AGAIN, level=level, urgent=True) is not None
    assert fault(NextStep.PSYCHIATRIST_TODAY, level=level, urgent=True) is None
    assert fault(NextStep.EMERGENCY, level=level, urgent=True) is None


def test_answers_come_back_as_they_were_stored():
    answers = Answers({"nausea": Amount.MILD}, None, Amount.NONE, QUIET, None, "Dr Okafor, 09:40")

    assert Answers.from_tree(answers.as_tree()) == answers


def scales(code: str, hours: int) -> tuple[list[str], list[str]]:
    protocol = library_protocols()["esketamine-nasal-56-84"]
    to_ask, not_offered = scales_at(protocol.scales, library_instruments(), code, hours)
    return [one.name for one in to_ask], [f"{one.name}: {one.words}" for one in not_offered]


def test_d7_3_at_24_hours_the_24_hour_form_is_asked_and_longer_looks_back_are_not():
    to_ask, not_offered = scales("24-hours", 24)

    assert to_ask == [
        "MADRS, 24-hour version",
        "C-SSRS screener, since last contact",
        "CGI-I",
    ]
    assert not_offered == ["EPDS: 7 days", "PHQ-9: 2 weeks"]


def test_d7_3_on_day_7_epds_is_asked_and_phq_9_is_not():
    to_ask, not_offered = scales("day-7", 168)

    assert "EPDS" in to_ask
    assert "MADRS" in to_ask
    assert [line.partition(":")[0] for line in not_offered] == ["PHQ-9"]


def test_on_day_28_nothing_is_left_out():
    to_ask, not_offered = scales("day-28", 672)

    assert "PHQ-9" in to_ask
    assert not_offered == []
