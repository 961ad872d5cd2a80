"""Definitions D7.4: safety items are heard whatever the total, and skipping one is not silence."""

import pytest

from clinic.instruments.rules import (
    SafetyKind,
    SafetyLevel,
    TriageLevel,
    safety_findings,
    score,
    triage,
)
from tests.instruments.cases import LIBRARY, lowest

SELF_HARM = [("EPDS", "10"), ("PHQ9", "9"), ("MADRS", "10"), ("HAMD17", "3"), ("QIDSSR16", "12")]
CHILD = [("PBQ", "18"), ("PBQ", "24")]


@pytest.mark.parametrize(("code", "item"), [*SELF_HARM, *CHILD])
def test_d7_4_any_non_zero_answer_is_a_finding_not_cleared_by_a_low_total(code, item):
    """D7.4: any non-zero EPDS 10, PHQ-9 9, MADRS 10, HAM-D 3, QIDS 12; PBQ 18 or 24."""
    scale = LIBRARY[code]

    result = score(scale, lowest(scale, **{f"i{item}": 1}))

    assert result.total == 1
    (finding,) = result.findings
    assert (finding.item, finding.score, finding.level) == (item, 1, SafetyLevel.REVIEW)


@pytest.mark.parametrize(("code", "item"), [*SELF_HARM, *CHILD])
def test_d7_4_zero_is_no_finding(code, item):
    scale = LIBRARY[code]

    assert score(scale, lowest(scale, **{f"i{item}": 0})).findings == ()


@pytest.mark.parametrize(("code", "item"), [*SELF_HARM, *CHILD])
def test_d7_4_a_skipped_safety_item_gives_no_total_and_a_finding_of_its_own(code, item):
    """D7.4: a skipped safety item gives no total and a same-day task."""
    scale = LIBRARY[code]
    answers = lowest(scale)
    del answers[item]

    result = score(scale, answers)

    assert result.total is None
    (finding,) = result.findings
    assert (finding.item, finding.skipped, finding.level) == (item, True, None)


def test_d7_4_the_two_child_items_are_about_the_child():
    kinds = {rule.kind for rule in LIBRARY["PBQ"].safety}

    assert kinds == {SafetyKind.CHILD_SAFETY}


def test_d7_4_no_other_scale_has_safety_items():
    with_rules = {code for code, scale in LIBRARY.items() if scale.safety}

    assert with_rules == {code for code, _ in SELF_HARM} | {
        "PBQ",
        "CSSRS_SCREEN_RECENT",
        "CSSRS_SCREEN_SLC",
    }


@pytest.mark.parametrize(("value", "level"), [(3, SafetyLevel.REVIEW), (4, SafetyLevel.URGENT)])
def test_madrs_10_is_urgent_from_4(value, level):
    scale = LIBRARY["MADRS"]

    (finding,) = score(scale, lowest(scale, i10=value)).findings

    assert finding.level is level


def test_d7_4_findings_do_not_wait_for_the_other_answers():
    (finding,) = safety_findings(LIBRARY["EPDS"], {"10": 2})

    assert finding.score == 2


@pytest.mark.parametrize("code", ["CSSRS_SCREEN_RECENT", "CSSRS_SCREEN_SLC"])
def test_d7_4_any_screener_above_negative_is_a_finding(code):
    """D7.4: any C-SSRS above negative."""
    scale = LIBRARY[code]

    nothing = triage(scale, {"1": 0, "2": 0, "6": 0})
    wish = triage(scale, {"1": 1, "2": 0, "6": 0})

    assert (nothing.level, nothing.findings) == (TriageLevel.NEGATIVE, ())
    assert wish.level is TriageLevel.LOW
    assert [finding.item for finding in wish.findings] == ["1"]


def test_the_same_behaviour_is_moderate_when_long_ago_and_high_since_the_last_contact():
    recent = triage(LIBRARY["CSSRS_SCREEN_RECENT"], {"1": 0, "2": 0, "6": 1, "7": 0})
    since = triage(LIBRARY["CSSRS_SCREEN_SLC"], {"1": 0, "2": 0, "6": 1})

    assert (recent.level, since.level) == (TriageLevel.MODERATE, TriageLevel.HIGH)


def test_a_level_names_its_rule_and_the_answers_it_used():
    answers = {"1": 1, "2": 1, "3": 1, "4": 0, "5": 1, "6": 0}

    result = triage(LIBRARY["CSSRS_SCREEN_SLC"], answers)

    assert result.rule.level is TriageLevel.HIGH
    assert result.items == ("5",)
    assert result.rule.words.startswith("item 4 or 5 yes")


def test_an_incomplete_screener_has_no_level_but_says_what_it_already_shows():
    result = triage(LIBRARY["CSSRS_SCREEN_SLC"], {"1": 1, "2": 1, "3": 0, "4": 1, "5": 0})

    assert (result.level, result.missing) == (None, ("6",))
    assert result.at_least is TriageLevel.HIGH


def test_a_question_that_was_not_asked_is_not_a_no():
    result = triage(LIBRARY["CSSRS_SCREEN_RECENT"], {"1": 0, "2": 0, "6": 0})

    assert result.not_asked == ("3", "4", "5", "7")
    assert result.missing == ()
