"""A loaded wording is that of its scale: each line, with its scores; nothing else fits."""

from dataclasses import replace

import pytest

from clinic.core import marked_yaml
from clinic.instruments.rules import score, triage
from clinic.instruments.rules.wording import (
    WordingError,
    empty_file,
    read_wording,
    stored_wording,
    worded,
    wording_problems,
)
from tests.instruments.cases import LIBRARY, lowest
from tests.instruments.licensed import invented

WITH_ITEMS = {code: scale for code, scale in LIBRARY.items() if scale.items}
EPDS = LIBRARY["EPDS"]


@pytest.mark.parametrize("code", WITH_ITEMS)
def test_the_file_to_fill_in_fits_the_scale_once_it_is_filled(code):
    scale = LIBRARY[code]
    filled = empty_file(scale, "en").replace('""', '"some words"', 2).replace('text: ""', "text: w")

    wording = read_wording(marked_yaml.load(filled, "file"), "file")

    assert wording_problems(scale, "en", wording) == []
    assert len(list(wording.lines())) >= len(wording.items) * 2 + 2


@pytest.mark.parametrize("code", WITH_ITEMS)
def test_an_empty_file_is_refused_with_the_line_of_each_gap(code):
    with pytest.raises(WordingError) as refusal:
        read_wording(marked_yaml.load(empty_file(LIBRARY[code], "en"), "The file"), "The file")

    assert any("line 6: title: is empty" in words for words in refusal.value.problems)


@pytest.mark.parametrize("code", WITH_ITEMS)
def test_words_change_no_score(code):
    scale = LIBRARY[code]
    shown = worded(scale, invented(scale))
    answers = {"1": 0, "2": 0, "6": 0} if scale.triage else lowest(scale)

    assert score(shown, answers) == score(scale, answers)
    assert [shown.scores_of(item.number) for item in shown.items] == [
        scale.scores_of(item.number) for item in scale.items
    ]
    if scale.triage:
        assert triage(shown, answers) == triage(scale, answers)


def test_items_with_the_same_answers_share_them_so_that_the_stem_stands_above_each():
    shown = worded(EPDS, invented(EPDS))

    assert {item.number: item.options for item in shown.items} == {
        number: "item-3" if number in ("3", "5", "6", "7", "8", "9", "10") else "item-1"
        for number in map(str, range(1, 11))
    }


def test_the_stored_text_of_a_wording_gives_it_back():
    wording = invented(EPDS, stem=None)

    assert stored_wording(wording.to_json()) == wording


def changed(which: str, **given):
    """The invented wording with one item changed."""
    wording = invented(EPDS)
    items = [replace(item, **given) if item.number == which else item for item in wording.items]
    return replace(wording, items=tuple(items))


def answers(number: str):
    return invented(EPDS).item(number).answers


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        (changed("4", answers=answers("4")[:3]), "Item 4 has 3 answers, 4 are needed."),
        (changed("4", answers=answers("4")[:1]), "Item 4 has 1 answer, 4 are needed."),
        (
            changed("3", answers=answers("1")),
            "Item 3 prints the scores 0 1 2 3, the scale prints 3 2 1 0.",
        ),
        (changed("4", number="11"), "Item 11 is not of this scale."),
        (changed("4", number="11"), "Item 4 is missing."),
        (changed("4", number="5"), "Item 5 is there twice."),
        (changed("4", text="x" * 1501), "Item 4: at most 1500 characters, this has 1501."),
        (changed("4", text="a\x07"), "Item 4: remove the characters that cannot be seen."),
        (invented(EPDS, version="2"), "This is for version 2, the scale here is version 1."),
        (invented(EPDS, "es"), "The language is es. Write en for English."),
        (invented(LIBRARY["MADRS"]), "This is the wording of MADRS, not of EPDS."),
        (
            invented(EPDS, items=invented(EPDS).items[::-1]),
            "The items stand in another order. Needed: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.",
        ),
        (invented(EPDS, items=invented(EPDS).items[:9]), "The wording has 9 items, 10 are needed."),
    ],
)
def test_a_wording_that_is_not_that_of_the_scale_says_what_is_missing(wording, sentence):
    assert sentence in wording_problems(EPDS, "en", wording)


def test_a_wording_of_another_scale_is_never_shown():
    with pytest.raises(ValueError, match="not of EPDS"):
        worded(EPDS, invented(LIBRARY["WSAS"]))
