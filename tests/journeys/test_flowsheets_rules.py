"""These tests hold the session rules against flowsheets that were worked out by hand."""

import pytest

from clinic.sessions.rules import as_known_at, session_state
from tests.journeys.as_entries import PLAN, entries_of, facts_of
from tests.journeys.expected import differences, expectations
from tests.journeys.flowsheet import FOLDER, NAMES, ZONE, sheet

CASES = [
    pytest.param(name, at, expected, id=f"{name} {at.astimezone(ZONE):%H:%M}")
    for name in NAMES
    for at, expected in expectations(name)
]


@pytest.mark.parametrize(("name", "at", "expected"), CASES)
def test_the_state_at_a_moment_is_what_the_definitions_say(name, at, expected):
    paper = sheet(name)

    state = session_state(PLAN, facts_of(paper), as_known_at(entries_of(paper), at), at)

    found = differences(state, expected)
    assert not found, "\n".join([expected["why"], *found])


@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_is_worked_out_at_twelve_moments_or_more_each_with_its_definition(name):
    expected = expectations(name)

    assert len(expected) >= 12
    assert all("D" in line["why"] or "arrived" in line["why"] for _at, line in expected)
    assert all(len(line) > 1 for _at, line in expected)


def test_every_sheet_has_its_worked_out_moments_beside_it():
    worked_out = {path.name.removesuffix(".expected.csv") for path in FOLDER.glob("*.expected.csv")}

    assert len(NAMES) == 5
    assert worked_out == set(NAMES)
