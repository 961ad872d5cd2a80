"""What can be an answer, and what is said beside the item when it cannot."""

import pytest

from clinic.instruments.rules import (
    NoScore,
    UnusableAnswers,
    WhyNoTotal,
    answer_problems,
    answer_text,
    from_printed,
    score,
    triage,
)
from tests.instruments.cases import LIBRARY, lowest


@pytest.mark.parametrize(
    ("code", "item", "answer", "said"),
    [
        ("EPDS", "11", 0, "EPDS has no item 11."),
        ("EPDS", "3", 4, "Item 3: choose a score from 0 to 3."),
        ("EPDS", "3", -1, "Item 3: choose a score from 0 to 3."),
        ("EPDS", "3", True, "Item 3: choose a score from 0 to 3."),
        ("RASS", "1", 5, "Item 1: choose a score from -5 to 4."),
        ("CGIS", "1", 0, "Item 1: choose a score from 1 to 7."),
        ("HAMD17", "16A", 3, "Item 16A: choose a score from 0 to 2."),
        ("CSSRS_SCREEN_SLC", "1", 2, "Item 1: choose 0 or 1."),
        (
            "WSAS",
            "2",
            NoScore.NOT_APPLICABLE,
            "Item 2 always applies: choose a score from 0 to 8.",
        ),
        (
            "EPDS",
            "1",
            NoScore.NOT_ASSESSED,
            "Leave item 1 empty or choose a score from 0 to 3.",
        ),
        ("PADSS", "5", 1, "Item 5 is not asked here: it counts 2."),
    ],
)
def test_an_answer_that_cannot_be_taken_gets_a_sentence_beside_its_item(code, item, answer, said):
    assert answer_problems(LIBRARY[code], {item: answer}) == {item: said}


def test_all_problems_are_told_at_once_and_nothing_is_scored():
    with pytest.raises(UnusableAnswers) as refused:
        score(LIBRARY["EPDS"], {"1": 9, "2": 0, "3": 7})

    assert list(refused.value.problems) == ["1", "3"]


def test_a_yes_that_was_never_asked_is_refused_and_not_lost():
    """Only a person can say which of the two answers is wrong."""
    scale = LIBRARY["CSSRS_SCREEN_SLC"]

    with pytest.raises(UnusableAnswers) as refused:
        triage(scale, {"1": 0, "2": 0, "4": 1, "6": 0})

    assert refused.value.problems == {"4": "Item 4 is asked only when item 2 is yes."}


def test_hamd_item_16_is_answered_as_a_or_b_never_both():
    scale = LIBRARY["HAMD17"]

    problems = answer_problems(scale, lowest(scale, i16A=1, i16B=1))

    assert problems == dict.fromkeys(("16A", "16B"), "Answer only one of 16A and 16B.")


def test_not_assessed_is_missing_and_never_three_points():
    scale = LIBRARY["HAMD17"]

    result = score(scale, lowest(scale) | {"16A": NoScore.NOT_ASSESSED})

    assert (result.total, result.missing) == (None, ("16A", "16B"))


def test_zero_and_absent_and_not_applicable_are_three_things():
    scale = LIBRARY["WSAS"]
    rest = {"2": 1, "3": 1, "4": 1, "5": 1}

    zero = score(scale, {"1": 0, **rest})
    absent = score(scale, rest)
    not_applicable = score(scale, {"1": NoScore.NOT_APPLICABLE, **rest})

    assert (zero.total, zero.maximum, zero.band) == (4, 40, "subclinical")
    assert (absent.total, absent.missing) == (None, ("1",))
    assert (not_applicable.total, not_applicable.maximum) == (4, 32)
    assert (not_applicable.band, not_applicable.not_applicable) == (None, ("1",))


def test_where_no_source_says_what_a_shorter_total_means_there_is_none():
    scale = LIBRARY["SDS"]

    result = score(scale, {"1": NoScore.NOT_APPLICABLE, "2": 3, "3": 4})

    assert (result.total, result.why_no_total) == (None, WhyNoTotal.NOT_APPLICABLE)
    assert result.missing == ()


def test_a_fixed_item_is_not_asked_and_counts():
    scale = LIBRARY["PADSS"]

    result = score(scale, {"1": 0, "2": 0, "3": 0, "4": 0})

    assert (result.total, result.not_asked) == (2, ("5",))


def test_a_scale_without_a_total_says_so():
    result = score(LIBRARY["CSSRS_SCREEN_SLC"], {"1": 0, "2": 0, "6": 0})

    assert (result.total, result.why_no_total) == (None, WhyNoTotal.SCALE_HAS_NONE)
    assert (result.maximum, result.band) == (None, None)


ALWAYS, NEVER = {"8": 5, "9": 0, "10": 0}, {"8": 0, "9": 5, "10": 5}


@pytest.mark.parametrize("printed", [ALWAYS, NEVER], ids=["always", "never"])
def test_the_2001_order_of_the_pbq_prints_other_items_at_8_9_and_10(printed):
    """The same answers on either form come to the same items, factors and total."""
    scale = LIBRARY["PBQ"]
    rest = {str(n): 0 for n in range(1, 26) if n not in (8, 9, 10)}

    answers = from_printed(scale, "2001", {**rest, **printed})

    assert (answers["10"], answers["8"], answers["9"]) == tuple(printed.values())
    assert score(scale, answers).total == sum(printed.values())


def test_positive_items_of_the_2001_order():
    scale = LIBRARY["PBQ"]
    order = scale.form("2001").order

    positive = [n for n, item in enumerate(order, 1) if scale.scores_of(item)[0] == 0]

    assert positive == [1, 4, 9, 10, 11, 16, 22, 25]


def test_the_2006_order_is_ours():
    assert from_printed(LIBRARY["PBQ"], "2006", {"8": 3}) == {"8": 3}


def test_a_number_that_is_not_printed_is_refused():
    with pytest.raises(UnusableAnswers, match="Item 26 is not on this form"):
        from_printed(LIBRARY["PBQ"], "2001", {"26": 1})


@pytest.mark.parametrize(
    ("code", "item", "answer", "text"),
    [
        ("PHQ9", "9", 1, "Several days"),
        ("EPDS", "10", 2, "2"),
        ("CGIS", "1", NoScore.NOT_ASSESSED, "Not assessed"),
        ("WSAS", "1", NoScore.NOT_APPLICABLE, "not-applicable"),
    ],
)
def test_an_answer_is_told_in_words_only_where_wording_may_be_shown(code, item, answer, text):
    assert answer_text(LIBRARY[code], item, answer) == text
