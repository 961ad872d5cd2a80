"""This file is about docs/access.md: every address is in it, and answers as its line says.

What stands before a view is real; the views themselves are put aside where they would be let run.
"""

import re
from functools import update_wrapper
from pathlib import Path

import pytest

from clinic.core.access import table
from clinic.core.permissions import Role
from tests.review.walk import address
from tests.sign_in import token_of

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
LINE = re.compile(r"^\| ([A-Z ]+) \| `(.+?)` \| \S+ \| (.+) \|$", re.M)
REACHED = "the view runs"


def written() -> dict[tuple[str, str], list[str]]:
    """What the page says: (methods, address) -> the five roles, other clinic, signed out."""
    return {(one[1], one[2]): one[3].split(" | ") for one in LINE.finditer(PAGE.read_text())}


def lines(app):
    """(rule, what its line says) of every address."""
    said = written()
    for rule in app.url_map.iter_rules():
        yield rule, said[" ".join(sorted(rule.methods - {"HEAD", "OPTIONS"})), rule.rule]


def put_aside(app) -> None:
    """No view does anything; what was declared above it stays."""
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = update_wrapper(lambda **_: REACHED, view)


def asked(client, rule, where, token):
    """What a rule answers, by each of its methods."""
    for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
        yield client.open(where, method=method, headers={"X-CSRFToken": token})


def test_the_table_is_the_programs_own(app) -> None:
    assert PAGE.read_text() == table(app), "run: flask permissions --table > docs/access.md"


def test_a05_every_role_gets_what_the_table_says_of_its_own_clinic(app, staff, ours) -> None:
    tokens = {role: token_of(staff[role], "/account") for role in Role}
    put_aside(app)

    for rule, (*roles, _, signed_out) in lines(app):
        for role, cell in zip(Role, roles, strict=True):
            for answer in asked(staff[role], rule, address(rule, ours), tokens[role]):
                assert (answer.status_code == 403) == (cell == "403"), (rule, role)
                assert (answer.text == REACHED) == (cell == "yes") or signed_out == "link", rule


def test_a02_a03_whoever_may_finds_no_record_of_the_other_clinic(app, staff, theirs) -> None:
    tokens = {role: token_of(staff[role], "/account") for role in Role}
    tried = 0

    for rule, (*roles, other, _) in lines(app):
        for role, cell in zip(Role, roles, strict=True):
            if (cell, other) == ("yes", "404"):
                for answer in asked(staff[role], rule, address(rule, theirs), tokens[role]):
                    assert answer.status_code == 404, (rule, role)
                    tried += 1

    assert tried > 300


def test_a06_whoever_is_signed_out_gets_what_the_table_says(app, client, ours) -> None:
    token = token_of(client)
    put_aside(app)

    for rule, (*_, signed_out) in lines(app):
        for answer in asked(client, rule, address(rule, ours), token):
            if signed_out == "sign in":
                told = answer.status_code == 401 and "application/json" in answer.mimetype
                assert told or answer.location.startswith("/sign-in"), rule
            elif signed_out == "link":
                assert answer.text == REACHED or answer.status_code == 404, rule
            else:
                assert answer.text == REACHED, rule
