"""Wording stands only where its owner lets it: no sentence, no answer words, topics of our own."""

import pytest
import yaml

from clinic.instruments.library import library_files
from tests.instruments.cases import LIBRARY

SHOWN = {
    "ALDRETE",
    "BPRSP",
    "CGII",
    "CGIS",
    "GAD7",
    "HAMD17",
    "MOAAS",
    "PADSS",
    "PBQ",
    "PHQ9",
    "RASS",
}
HIDDEN = sorted(set(LIBRARY) - SHOWN)


def test_which_scales_come_with_wording():
    assert {code for code, scale in LIBRARY.items() if scale.text_reproducible} == SHOWN


@pytest.mark.parametrize("code", HIDDEN)
def test_a_scale_without_a_licence_has_no_text_anywhere(code):
    scale = LIBRARY[code]

    labels = {option.label for options in scale.options.values() for option in options}

    assert scale.stem is None
    assert {item.text for item in scale.items} <= {None}
    assert labels <= {None}


@pytest.mark.parametrize("code", HIDDEN)
def test_a_topic_is_one_or_two_words(code):
    topics = [item.topic for item in LIBRARY[code].items if item.topic is not None]

    assert all(1 <= len(topic.split()) <= 2 and len(topic) <= 20 for topic in topics)


@pytest.mark.parametrize("code", sorted(SHOWN))
def test_a_scale_with_wording_has_all_of_it_and_its_citation(code):
    scale = LIBRARY[code]

    assert all(item.text for item in scale.items)
    assert all(option.label for options in scale.options.values() for option in options)
    assert scale.citation


@pytest.mark.parametrize("path", library_files(), ids=lambda path: path.stem)
def test_no_comment_carries_wording_past_the_reader(path):
    """One comment, the first line, which says whether there is wording."""
    comments = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#")]
    tree = yaml.safe_load(path.read_text())

    assert comments == [path.read_text().splitlines()[0]]
    assert ("No wording here" in comments[0]) != tree["text_reproducible"]


@pytest.mark.parametrize("code", HIDDEN)
def test_names_of_answer_lists_say_nothing_of_the_answers(code):
    neutral = {
        "zero-to-three",
        "three-to-zero",
        "zero-to-four",
        "zero-to-six",
        "zero-to-eight",
        "zero-to-ten",
        "yes-no",
    }

    assert set(LIBRARY[code].options) <= neutral
