"""The page on security is true: each promise names tests that exist, refusals are word for word."""

import ast
import re

import pytest

from clinic.core.errors import WORDS
from tests.architecture.tree import CLINIC, ROOT, tree

DOCUMENT = (ROOT / "docs" / "security.md").read_text()
PAPERS = ("security.md", "hazards.md", "standards.md")
NAMED = sorted(
    {
        named
        for paper in PAPERS
        for named in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / paper).read_text())
    }
)
PROMISES = re.findall(r"^\| .+ \|$", DOCUMENT.split("\n## ")[2], re.M)
REFUSALS = dict(re.findall(r"^\| (\d{3}) \| .+ \| (.+) \|$", DOCUMENT, re.M))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_is_named_exists(path, name):
    assert (ROOT / path).is_file(), f"docs name {path}, which is not there"

    functions = {node.name for node in tree(ROOT / path).body if isinstance(node, ast.FunctionDef)}

    assert name in functions, f"docs name {name}, which {path} does not have"


def test_every_promise_names_a_test():
    rows = [row for row in PROMISES if not row.startswith(("| ASVS", "| paragraph", "| section"))]
    silent = [row for row in rows if not row.startswith("| attack") and "`tests/" not in row]

    assert len(rows) > 50
    assert not silent, "\n".join(silent)


def test_every_hazard_names_cause_effect_control_and_a_test():
    rows = re.findall(r"^\| (H\d\d) \|(.+)\|$", (ROOT / "docs/hazards.md").read_text(), re.M)

    assert [number for number, _ in rows] == [f"H{n:02}" for n in range(1, len(rows) + 1)]
    assert len(rows) >= 12
    for number, row in rows:
        cause, effect, control, test, _ = row.split(" |")
        assert all(part.strip() for part in (cause, effect, control)), number
        assert "`tests/" in test, number


def test_each_line_of_a_standard_is_met_or_says_why_not_and_the_counts_are_true():
    parts = (ROOT / "docs/standards.md").read_text().split("\n## ")[1:]
    assert [part.partition(",")[0].partition(" P")[0] for part in parts] == [
        "OWASP ASVS 5.0",
        "HIPAA Security Rule",
        "21 CFR",
    ]

    for part in parts:
        rows = re.findall(r"^\| (?:\d+\.|\().+\|$", part, re.M)
        lines, *counts = map(
            int,
            re.search(r"(\d+) lines: \*\*(\d+) met, (\d+) not met, (\d+) do not", part).groups(),
        )
        met = [row for row in rows if "`tests/" in row]
        not_met = [row for row in rows if "| Not met, because: " in row]
        outside = [row for row in rows if "| Does not apply: " in row]
        assert [len(met), len(not_met), len(outside)] == counts
        assert len(rows) == sum(counts) == lines


def test_a_place_that_is_named_exists():
    places = re.findall(r"`((?:core|accounts|sessions|reports|notation)/[\w/.]+)`", DOCUMENT)

    assert len(places) > 30
    assert [place for place in places if not (CLINIC / place).exists()] == []


def test_refusals_stand_in_the_words_of_the_program():
    said = {int(status): words for status, words in REFUSALS.items() if status != "422"}

    assert said == {status: words for status, (_, words) in WORDS.items()}
