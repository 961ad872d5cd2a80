"""This file is about the list of holes that were real elsewhere: each has its row and its test."""

import re

from tests.architecture.tree import ROOT

CASES = [f"A{number:02}" for number in range(1, 39)]


def cases_in(text: str) -> set[str]:
    """The cases that a text names; "A15 to A17" names three."""
    found = set(re.findall(r"\bA\d\d\b", text))
    found |= {f"A{number}" for number in re.findall(r"test_a(\d\d)_", text)}
    for first, last in re.findall(r"\bA(\d\d) to A(\d\d)\b", text):
        found |= {f"A{number:02}" for number in range(int(first), int(last) + 1)}
    return found


def test_each_hole_has_a_row_that_names_a_test_and_a_test_that_names_it() -> None:
    rows = re.findall(r"^\| A\d\d.+`tests/.+$", (ROOT / "docs/security.md").read_text(), re.M)
    documented = {case for row in rows for case in cases_in(row.split("|")[1])}
    tested = {
        case for file in (ROOT / "tests").rglob("test_*.py") for case in cases_in(file.read_text())
    }

    assert [case for case in CASES if case not in documented] == []
    assert [case for case in CASES if case not in tested] == []
