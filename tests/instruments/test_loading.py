"""Reading a scale: each fault is named with file, line and what to write."""

from pathlib import Path

import pytest

from clinic.instruments.library import FOLDER, read_instrument
from clinic.instruments.rules import Instrument, InstrumentError

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")}


def problems_of(tmp_path: Path, code: str, old: str, new: str) -> list[str]:
    """What is said about a shipped scale with its first `old` replaced by `new`."""
    assert old in TEXTS[code]
    path = tmp_path / "draft.yaml"
    path.write_text(TEXTS[code].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InstrumentError) as refused:
        read_instrument(path)
    return refused.value.problems


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("EPDS", "owner:", "ownr:", "ownr: this key is not known. Write owner."),
        ("EPDS", "method: sum", "method: total", 'total" cannot be used. Write one of: sum'),
        ("EPDS", "hours: 168", "hours: a week", "Write a whole number with digits only"),
        ("EPDS", "{score: 1,", "{score: one,", "with digits and at most a minus sign"),
        ("RASS", "{score: -5,", "{score: --5,", "with digits and at most a minus sign"),
        ("RASS", "{score: -5,", "{score: -0,", "with digits and at most a minus sign"),
        ("EPDS", "stem: null\n", "", "stem: is missing. Write stem: and a value, or null for: no"),
        ("EPDS", "number: 2,", "number: 1,", "items.2.number: 1 is used twice."),
        ("EPDS", "options: zero-to-three", "options: nothing", "nothing is not in options"),
        ("CGIS", "options: levels", "options: level", "is used by no item. Remove it."),
        ("EPDS", "{score: 1,", "{score: 0,", "0 is used twice."),
        ("CSSRS_SCREEN_SLC", "{score: 1,", "{score: 2,", "must be 1 for yes and 0 for no."),
        ("EPDS", "text: null", "text: Anything", "may not be reproduced. Write null."),
        ("EPDS", "label: null", "label: Anything", "may not be reproduced. Write null."),
        ("EPDS", "stem: null", "stem: Anything", "may not be reproduced. Write null."),
        ("EPDS", "topic: worry", "topic: one two three", "must be 2 words of ours at most."),
        ("PHQ9", "label: Not at all", "label: null", "is missing. Write the answer as printed."),
        ("ALDRETE", "text: Activity", "text: null", "is missing. Write the item as printed."),
        ("EPDS", "hours: 168", "hours: null", "belong to a fixed recall"),
        ("CGIS", "hours: null", "hours: 24", "belong to a fixed recall"),
        ("PBQ", "order: [1, 2,", "order: [1, 1,", "must hold every item once."),
        ("CGII", "moments: [24", "moments: [baseline, 24", "has no baseline moment."),
        ("EPDS", "to: 30}", "to: 31}", "the items give 0 to 30. Correct one of them."),
        ("EPDS", "items: [1, 2,", "items: [1, 1,", "item 1 is counted twice."),
        ("EPDS", "items: [1, 2,", "items: [1, 22,", "22 is not an item."),
        ("HAMD17", "- [16A, 16B]", "- [16A]", "must be two or more items of one term."),
        ("QIDSSR16", "- [6, 7]", "- [5, 7]", "must be two or more items of one term."),
        ("EPDS", "method: sum", "method: triage", "scoring: does not fit method triage."),
        ("CGIS", "trial_list: null", "trial_list: {}", "is missing."),
        ("PBQ", "to: 60}", "to: 61}", "the items give 0 to 60. Correct one of them."),
        ("PBQ", "at_least: 12", "at_least: 61", "must lie above 0, up to 60."),
        ("PBQ", "code: F2", "code: F1", "F1 is used twice."),
        ("EPDS", "{from: 0, word: none", "{from: 1, word: none", "must be the lowest total, 0."),
        ("EPDS", "{from: 14,", "{from: 7,", "must be above the band before, 7."),
        ("EPDS", "{from: 20,", "{from: 31,", "is never reached: the highest is 30."),
        ("EPDS", "at_least: 10", "at_least: 31", "must lie above 0, up to 30."),
        ("EPDS", "{item: 10, at_least: 1", "{item: 11, at_least: 1", "11 is not an item."),
        ("EPDS", "item: 10, at_least: 1", "item: 10, at_least: 4", "4 is no score of item 10."),
        ("EPDS", "item: 10, at_least: 1", "item: 10, at_least: 0", "must be above 0"),
        ("EPDS", "partial: 25", "partial: 50", "must lie below 50."),
        ("EPDS", "value: 4, partial: null", "value: 4, partial: 2", "belongs to a percentage"),
        ("EPDS", "value: 50", "value: 150", "must be a percentage from 1 to 100."),
        ("EPDS", "at_most: 9", "at_most: 30", "must lie from 0, below 30."),
        ("EPDS", "higher-worse", "higher-better", "they need higher-worse."),
        ("CGII", "at-most, value", "fall-percent, value", "needs a total that begins at 0."),
        ("CSSRS_SCREEN_SLC", "only_if: 2", "only_if: 3", "cannot be one of the items it opens."),
        ("CSSRS_SCREEN_SLC", "answered: 1", "answered: 2", "2 is no answer of item 2."),
        ("CSSRS_SCREEN_SLC", "level: moderate", "level: high", "below the rule before, high."),
        ("CSSRS_SCREEN_SLC", "level: low", "level: negative", "negative follows when no rule"),
        ("WSAS", "{item: 1, effect", "{item: 6, effect", "6 is not an item."),
        ("PADSS", "item: 5, score: 2", "item: 5, score: 3", "3 is no score of item 5."),
        ("MGHATRQ", "method: trial-list", "method: sum", "trial_list: does not fit method sum."),
    ],
)
def test_a_fault_is_named_with_file_line_and_what_to_write(tmp_path, code, old, new, said):
    problems = problems_of(tmp_path, code, old, new)

    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("draft.yaml, line ") for problem in problems)


def test_the_line_is_that_of_the_fault(tmp_path):
    (problem,) = problems_of(tmp_path, "EPDS", "to: 30}", "to: 31}")

    line = TEXTS["EPDS"][: TEXTS["EPDS"].index("to: 30}")].count("\n") + 1
    assert problem.startswith(f"draft.yaml, line {line}: scoring.range: ")


@pytest.mark.parametrize("text", ["[]", "", "just a word"])
def test_a_file_that_is_no_scale_is_refused(tmp_path, text):
    path = tmp_path / "draft.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InstrumentError, match="must hold the keys"):
        read_instrument(path)


def test_a_key_that_is_written_twice_is_a_fault_of_the_scale(tmp_path):
    (problem,) = problems_of(tmp_path, "EPDS", "method: sum", "method: sum\nmethod: sum")

    assert "method is written twice" in problem


@pytest.mark.parametrize("text", ["{", "[]", '{"code": 5}', "null"])
def test_canonical_text_that_is_no_scale_is_refused(text):
    with pytest.raises(InstrumentError, match="canonical text"):
        Instrument.from_json(text)
