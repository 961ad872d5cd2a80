"""This file is about what a form can carry: each form that any page offers, sent by an attacker."""

from collections import Counter
from itertools import cycle

import pytest
from werkzeug.datastructures import MultiDict

from clinic.core.permissions import Role
from tests.review.house import everything
from tests.review.walk import said
from tests.security.forms_of_pages import TOKEN, FoundForm, everybodys_forms
from tests.security.hostile import EVALUATED, TYPED

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ENDS = ("/sign-out", "/end", "/cancel")  # what these end is needed by the forms after them
MARK = "0badc0de-0000-4000-8000-00000badc0de"
MARKS = (MARK, MARK.replace("-", ""))
FORBIDDEN = {
    *("id", "clinic_id", "patient_id", "course_id", "session_id", "author_id", "recorded_by_id"),
    *("role", "is_admin", "version", "signature", "signed_at", "signed_by_id", "recorded_at"),
    *("content_hash", "deleted_at", "published_at", "active", "__class__", "csrf"),
}
Offered = list[tuple[Role, FoundForm]]


def test_no_form_of_any_page_is_a_way_in(app, staff, ours) -> None:
    """A09, A10, A25, A31, A38, mass assignment, doubled parameters (ASVS 15.3.3, 15.3.7)."""
    forms = [
        (role, form)
        for role, form in everybodys_forms(app, staff, ours)
        if not form.action.endswith(ENDS)
    ]
    assert len(forms) > 90
    before = everything(app)

    assert nothing_is_taken_twice(staff, forms) > 60
    assert everything(app) == before
    assert nothing_more_is_taken(staff, forms) >= 20
    assert not [row for rows in everything(app).values() for row in rows if marked(row)]
    assert nothing_runs_or_fails(staff, forms)[422] > 50


def nothing_is_taken_twice(staff, forms: Offered) -> int:
    """Every field that is typed, with a second value. Returns how many forms have one."""
    tried = 0
    for role, form in forms:
        fields = MultiDict(form.fields)
        for name in sorted(form.typed):
            fields.add(name, "7")
        # A search is sent too, and saves nothing: it looks for the first value.
        posts = form.typed and form.method == "POST" and "q" not in form.typed
        answer = send(staff[role], form, fields) if posts else None
        tried += answer is not None
        assert answer is None or 303 != answer.status_code < 500, form
    return tried


def nothing_more_is_taken(staff, forms: Offered) -> int:
    """As the page offers it, with fields that it does not have. Returns how many were saved."""
    saved = 0
    for role, form in forms:
        fields = form.fields | dict.fromkeys(FORBIDDEN - form.fields.keys(), MARK)
        answer = send(staff[role], form, fields)
        assert answer.status_code < 500, form
        saved += answer.status_code == 303
    return saved


def nothing_runs_or_fails(staff, forms: Offered) -> Counter[int]:
    """Script, template, SQL, line breaks, direction marks, half a character, numbers and years
    that no column holds: in all that is typed, chosen or hidden."""
    words, statuses = cycle(TYPED), Counter[int]()
    for role, form in forms:
        fields = {name: next(words) for name in sorted(form.fields.keys() - {TOKEN})}
        answer = send(staff[role], form, fields | {TOKEN: form.fields.get(TOKEN, "")})
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (form, fields)
        assert "evil" not in str(answer.headers), form
        if answer.mimetype == "text/html":
            assert "<script>alert" not in said(answer), form
            assert EVALUATED not in said(answer), form
    return statuses


def send(client, form: FoundForm, fields):
    """As a browser does; a half character leaves as its bytes."""
    sent = MultiDict(fields)
    pairs = [(name, word.encode("utf-8", "surrogatepass")) for name, word in sent.items(multi=True)]
    if form.method == "GET":
        return client.get(form.action, query_string=dict(pairs), buffered=True)
    return client.post(form.action, data=MultiDict(pairs), buffered=True)


def marked(row: str) -> bool:
    """Whether something of a forbidden field was stored."""
    return any(mark in row for mark in MARKS)
