"""This file is about every address at once, by the map of the program: none is left out."""

import re

import pytest

from clinic.core.permissions import PUBLIC, Role, is_polled, needed
from tests.review.house import THEIRS, everything
from tests.review.offers import refused
from tests.review.walk import address, answers, rules, said, who_may

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

SHOWN_ONLY = ("core.components",)  # shows how forms look; they lead nowhere
FILES = ("text/csv", "text/plain")  # a browser keeps them and runs nothing in them


@pytest.mark.parametrize("role", Role)
def test_no_page_runs_what_was_typed_or_offers_what_is_refused(app, staff, ours, role) -> None:
    """A09, A10: script in a name, note, draft, goal, duty, consent wording. A05: no link or form
    on a page leads where the gate does not let its reader through."""
    shown = []

    for rule in rules(app, "GET"):
        where = address(rule, ours)
        page = staff[role].get(where)
        assert page.status_code < 500, rule
        text = said(page)
        if page.mimetype == "text/html" and rule.endpoint not in SHOWN_ONLY:
            assert not refused(app, role, where, text), rule
        assert "<script>alert" not in text or page.mimetype in FILES, rule
        assert "54439" not in text or page.mimetype == "application/pdf", rule
        shown += [rule.endpoint] if "&lt;script&gt;alert" in text else []

    assert len(shown) >= {Role.NURSE: 25, Role.PSYCHIATRIST: 25, Role.THERAPIST: 12}.get(role, 1)


def test_no_address_leads_into_the_other_clinic(app, staff, theirs) -> None:
    """A02, A03: another clinic's id, read or written, page or API."""
    for rule in rules(app, "GET", "POST", "PUT"):
        names_a_record = any(name.endswith("_id") for name in rule.arguments)

        for answer in answers(who_may(app, staff, rule), rule, address(rule, theirs)):
            assert THEIRS not in said(answer), rule
            assert answer.status_code == 404 or not names_a_record, rule


def test_no_record_of_the_other_clinic_is_reached_through_ours(app, staff, ours, theirs) -> None:
    """A04: an id in an address or a hidden field beside an own one."""
    tried = 0

    for rule in rules(app, "GET", "POST", "PUT"):
        ids = [name for name in rule.arguments if name.endswith("_id")]
        for where in [address(rule, ours | {one: theirs[one]}) for one in ids if len(ids) > 1]:
            for answer in answers(who_may(app, staff, rule), rule, where):
                assert answer.status_code >= 400, where
                assert THEIRS not in said(answer), where
                tried += 1

    assert tried >= 20


def test_nobody_who_is_not_signed_in_opens_anything(app, client, ours) -> None:
    """A06: a detour round sign-in."""
    for rule in rules(app, "GET"):
        answer = client.get(address(rule, ours))
        if needed(app, rule.endpoint) != PUBLIC:
            assert answer.status_code == 303, rule
            assert answer.location.startswith("/sign-in?next="), rule
        assert "alert(" not in said(answer), rule


def test_nothing_is_written_without_the_token_of_a_page(app, staff, ours) -> None:
    for rule in rules(app, "POST", "PUT"):
        for method in rule.methods & {"POST", "PUT"}:
            answer = who_may(app, staff, rule).open(address(rule, ours), method=method)
            assert answer.status_code == 400, rule


def test_opening_every_page_changes_no_record(app, staff, ours) -> None:
    before = everything(app)

    for rule in rules(app, "GET"):
        assert who_may(app, staff, rule).get(address(rule, ours)).status_code < 500, rule

    assert everything(app) == before


def test_what_a_page_asks_for_by_itself_is_no_use_of_it(app, staff, ours) -> None:
    """A20: a parameter or a poll that keeps somebody signed in."""
    asked = set()
    for rule in rules(app, "GET"):
        page = said(who_may(app, staff, rule).get(address(rule, ours)))
        asked |= set(re.findall(r'data-(?:poll|session-live)="([^"?]+)', page))
        asked |= set(re.findall(r'hx-get="([^"?]+)"[^>]*hx-trigger="every', page))

    match = app.url_map.bind("localhost").match
    assert {match(one)[0] for one in asked} >= {"sessions.board_rows", "sessions.live"}
    assert [one for one in asked if not is_polled(app, match(one)[0])] == []
