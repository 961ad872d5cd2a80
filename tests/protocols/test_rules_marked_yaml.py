"""This file is about YAML that guesses nothing and remembers its lines."""

import pytest

from clinic.core.marked_yaml import MarkedYamlError, load


@pytest.mark.parametrize("written", ["no", "12:30", "1_000", "0x1F", "1e3", "true", "2026-03-12"])
def test_every_value_stays_the_text_that_was_written(written):
    assert load(f"key: {written}", "f.yaml") == {"key": written}


@pytest.mark.parametrize("written", ["", "null", "~"])
def test_an_empty_plain_value_is_none(written):
    assert load(f"key: {written}", "f.yaml") == {"key": None}


@pytest.mark.parametrize("written", ['"null"', "''", "None", '"~"'])
def test_a_quoted_value_is_text(written):
    assert load(f"key: {written}", "f.yaml")["key"] is not None


def test_lines_are_remembered():
    tree = load("a: 1\nb:\n  - x\n  - c: 2\n", "f.yaml")

    assert tree["a"].line == 1
    assert tree["b"].line == 3
    assert tree["b"][1]["c"].line == 4
    assert [key.line for key in tree] == [1, 2]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3", "3: a is written twice (first in line 1). Keep one of them."),
        ("a: {b: 1, b: 2}", "1: b is written twice (first in line 1). Keep one of them."),
        ("a: &x 1\nb: *x", "2: an alias (*name) is not read. Write it out."),
        ("? [1, 2]\n: 3", "1: a key must be text. Write a name before the :."),
        ("null: 1", "1: a key must be text. Write a name before the :."),
    ],
)
def test_duplicates_aliases_and_odd_keys_are_refused_with_their_line(text, problem):
    with pytest.raises(MarkedYamlError) as refused:
        load(text, "f.yaml")

    assert refused.value.problems == [f"f.yaml, line {problem}"]


@pytest.mark.parametrize("text", ["a: [1, 2", "a: b: c", "\ta: 1", "a: \x00"])
def test_what_is_not_yaml_is_refused(text):
    with pytest.raises(MarkedYamlError, match=r"f\.yaml.*not YAML"):
        load(text, "f.yaml")


def test_all_duplicates_are_told_at_once():
    with pytest.raises(MarkedYamlError) as refused:
        load("a: 1\na: 2\nb: 1\nb: 2", "f.yaml")

    assert len(refused.value.problems) == 2


def test_nesting_without_end_is_refused():
    with pytest.raises(MarkedYamlError, match="nested too deeply"):
        load("[" * 5000 + "]" * 5000, "f.yaml")


def test_an_empty_document_is_none():
    assert load("", "f.yaml") is None
