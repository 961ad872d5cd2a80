"""One total has one word, whichever page or file says it (definitions D7.5)."""

import pytest

from clinic.instruments.library import library_instruments
from clinic.instruments.rules import score, word_of
from tests.review.made import answers

SCALES = library_instruments()


@pytest.mark.parametrize(
    ("total", "word"),
    [
        (9, "below the cut-offs"),
        (10, "possible depression"),
        (12, "possible depression"),
        (13, "probable depression"),
        (30, "probable depression"),
    ],
)
def test_d7_5_a_total_of_the_epds_is_named_by_its_cut_offs_not_by_a_band(total, word):
    scale = SCALES["EPDS"]

    found = score(scale, answers(scale, total))

    assert word_of(scale, found) == word
    assert found.band != word


def test_a_scale_without_drawn_cut_offs_is_named_by_its_band():
    scale = SCALES["PHQ9"]

    found = score(scale, {**answers(scale, 15), "10": 0})

    assert word_of(scale, found) == found.band
    assert found.band


def test_no_total_has_no_word():
    scale = SCALES["EPDS"]
    said = answers(scale, 20)
    del said["3"]

    assert word_of(scale, score(scale, said)) is None


def test_a_scale_is_digested_once():
    scale = SCALES["EPDS"]

    assert scale.digest is scale.digest
