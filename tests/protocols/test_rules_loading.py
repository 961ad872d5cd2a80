"""This file is about reading a protocol: each fault named with file, line and what to write."""

from pathlib import Path

import pytest

from clinic.protocols.library import FOLDER, read_protocol
from clinic.protocols.rules import Protocol
from clinic.protocols.rules.parsing import ProtocolError

NASAL = (FOLDER / "esketamine-nasal-56-84.yaml").read_text(encoding="utf-8")
INFUSION = (FOLDER / "ketamine-iv-0.5-mg-kg.yaml").read_text(encoding="utf-8")


def problems_of(tmp_path: Path, old: str, new: str, text: str = NASAL) -> list[str]:
    """What is said about the shipped file with its first `old` replaced by `new`."""
    assert old in text
    path = tmp_path / "draft.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProtocolError) as refused:
        read_protocol(path)
    return refused.value.problems


def line_of(fragment: str, text: str = NASAL) -> int:
    return text[: text.index(fragment)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("route: nasal", "rout: nasal", "rout: this key is not known. Write route."),
        ("route: nasal", "route: nose", '"nose" cannot be used. Write one of: nasal'),
        ("window_minutes: 30", "window_minutes: 3O", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: -5", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: 1_0", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: ３０", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: 030", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: 30.0", "Write a whole number with digits only"),
        ("window_minutes: 30", "window_minutes: null", "is empty or not text."),
        ("mg_each: 28", "mg_each: 2e1", "Write a number with digits and at most one point"),
        ("mg_each: 28", "mg_each: NaN", "Write a number with digits and at most one point"),
        ("must: true", "must: yes", "Write true or false."),
        ('unit: "mm[Hg]"', "unit: mmHg", "limits.systolic.unit: is mmHg. Write mm[Hg]."),
        ("{from: 0, level: alert", "{from: 25, level: alert", "leaves a gap below it. Write 0"),
        ("{from: 140, level", "{from: 90, level", "must be above the band before, 90."),
        ("{from: 140, level", "{from: 140.5, level", "140.5 is not whole."),
        ("{from: 160, level", "{from: 301, level", "is never reached: highest is 300."),
        ("{from: 90, level: in-range", "{from: 90, level: marked", "has no band in range."),
        ("[0, 15, 30, 40", "[0, 15, 40, 30", "30 must come after 40."),
        ("[0, 15, 30, 40", "[0, 15, 30, 39", "window overlaps with 30. Write 40 or later."),
        ("[0, 15, 30, 40", "[5, 15, 30, 40", "must begin with 0, the baseline."),
        ("[blood_pressure, heart_rate", "[blood_presure, heart_rate", "is not a sign."),
        ("every_minutes: null", "every_minutes: 10", "belongs to an infusion."),
        ("pressure_minute: 40", "pressure_minute: 41", "is no slot of the schedule. Use one of 0,"),
        ("may_be_overridden: false", "may_be_overridden: no", "Write true or false."),
        ("allowed: [56, 84]", "allowed: [56, 100]", "100 mg is not made of 1 to 3 devices of 28"),
        ("allowed: [56, 84]", "allowed: []", "must name at least one dose above 0."),
        ("counts_from: first-drug", "counts_from: last-stop", "others first-drug."),
        ("waking_to_hour: 21", "waking_to_hour: 25", "after waking_from_hour, at most 24."),
        ("waking_to_hour: 21", "waking_to_hour: 8", "after waking_from_hour, at most 24."),
        ("closes_hours: 28, by: call", "closes_hours: 28, by: post", "Write one of: call, visit"),
        ("closes_hours: 192, by: call", "closes_hours: 192, by: link", "needs staff. Write call"),
        (
            "at_hours: 672, opens_hours: 600, closes_hours: 744, source",
            "at_hours: 599, opens_hours: 600, closes_hours: 744, source",
            "must lie from 600 to 744.",
        ),
        (
            "{code: day-28, text: Day 28, at",
            "{code: day-7, text: Day 28, at",
            "day-7 is used twice.",
        ),
        (
            "{scale: EPDS, form: standard, response",
            "{scale: PHQ9, form: standard, response",
            "PHQ9 (standard) is there twice. Keep one.",
        ),
        ("recheck_opens_minutes: 5", "recheck_opens_minutes: 11", "must not be after 10."),
        ("apart_minutes: 15", "apart_minutes: 21", "must not be after 20."),
        ("treat_from_minutes: 30", "treat_from_minutes: 61", "must not be after 60."),
        ("times: 2", "times: 1", "must be 2 or more."),
        ("- sign: spo2", "- sign: spo3", "is not a sign."),
        (
            "in charge, after_minutes: 0",
            "in charge, after_minutes: 1",
            "calls all at once. Write 0.",
        ),
        ("in charge, after_minutes: 2", "in charge, after_minutes: 9", "step above, 9."),
        ("code: consent", "code: identity", "identity is used twice."),
        ("term: vision-loss", "term: vision-lost", "is not among side_effects.terms."),
        ("opens_hours: 20", "opens_hours: 25", "must lie from 25 to 28."),
        ("respiratory_rate_to: 30", "respiratory_rate_to: 10", "must be below 10."),
        ("lowest: 20, highest: 300", "lowest: 300, highest: 20", "must be below highest, 20."),
        ("slow: 3, fast: 10", "slow: 11, fast: 10", "must not be above fast, 10."),
    ],
)
def test_a_fault_is_named_with_file_line_and_what_to_write(tmp_path, old, new, said):
    problems = problems_of(tmp_path, old, new)

    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("draft.yaml, line ") for problem in problems)


def test_the_line_is_that_of_the_fault(tmp_path):
    (problem,) = problems_of(tmp_path, "window_minutes: 30", "window_minutes: soon")

    line = line_of("window_minutes: 30")
    assert problem.startswith(f"draft.yaml, line {line}: baseline.window_minutes: ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  window_minutes: 30\n", "baseline.window_minutes: is missing. Write window_minutes:"),
        ('  source: "definitions D2.1; proposed [P]"\n', "baseline.source: is missing."),
        ("  minimum_interval_hours: null\n", "or null for: not set by this clinic."),
    ],
)
def test_a_missing_key_is_named(tmp_path, line, said):
    (problem,) = problems_of(tmp_path, line, "")

    assert said in problem


def test_a_number_without_a_source_is_refused(tmp_path):
    (problem,) = problems_of(tmp_path, 'source: "definitions D2.1; proposed [P]"', 'source: ""')

    assert "baseline.source" in problem


def test_all_faults_are_told_at_once_in_the_order_of_lines(tmp_path):
    text = NASAL.replace("window_minutes: 30", "window_minutes: soon")
    text = text.replace("[0, 15, 30, 40", "[0, 15, 30, 38").replace(
        "    times: 2", "    times: two"
    )
    problems = problems_of(tmp_path, "form: esketamine", "form: mixed", text)

    assert len(problems) == 5
    lines = [int(problem.split("line ")[1].split(":")[0]) for problem in problems]
    assert lines == sorted(lines)


def test_a_sign_that_is_missing_or_unknown_is_named(tmp_path):
    problems = problems_of(tmp_path, "  heart_rate:\n", "  pulse:\n")

    assert any("limits.heart_rate: is missing" in problem for problem in problems)
    assert any("limits.pulse: is not a sign" in problem for problem in problems)


def test_a_duplicate_key_is_a_fault_of_the_protocol(tmp_path):
    (problem,) = problems_of(tmp_path, "route: nasal", "route: nasal\nroute: oral")

    assert "route is written twice" in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("slots: [0]", "slots: [0, 10]", "makes its slots from every_minutes."),
        ("every_minutes: 10", "every_minutes: null", "needs every_minutes and after_stop."),
        ("every_minutes: 10", "every_minutes: 9", "overlaps with 0. Write 10 or later."),
        ("after_stop: [15, 30", "after_stop: [15, 24", "overlaps with 15. Write 25 or later."),
        ("infusion: {planned_minutes: 40", "devices2: {planned_minutes: 40", "is missing"),
    ],
)
def test_faults_of_an_infusion(tmp_path, old, new, said):
    assert any(said in p for p in problems_of(tmp_path, old, new, INFUSION))


@pytest.mark.parametrize("text", ["[]", "", "just a word"])
def test_a_file_that_is_no_protocol_is_refused(tmp_path, text):
    path = tmp_path / "draft.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ProtocolError, match="must hold the keys"):
        read_protocol(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"code": 5}', "null"])
def test_canonical_text_that_is_no_protocol_is_refused(text):
    with pytest.raises(ProtocolError, match="canonical text"):
        Protocol.from_json(text)


def test_a_part_that_came_later_may_be_left_out_and_old_texts_keep_their_digest(tmp_path):
    text = "\ncountersigning:\n  within_minutes: 1440\n  source: written by the clinic\n"
    path = tmp_path / "with.yaml"
    path.write_text(NASAL + text, encoding="utf-8")
    without, with_it = read_protocol(FOLDER / "esketamine-nasal-56-84.yaml"), read_protocol(path)

    assert without.countersigning is None
    assert '"countersigning"' not in without.to_json()
    assert Protocol.from_json(without.to_json()).digest == without.digest
    assert with_it.countersigning.within_minutes == 1440
    assert Protocol.from_json(with_it.to_json()) == with_it
