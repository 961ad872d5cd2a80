"""What every answer carries, and what no request gets past, by the map of the program."""

import re
from collections.abc import Iterator
from itertools import cycle
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.routing import Rule

from clinic.core import paper
from clinic.core.db import SAFE_METHODS
from clinic.core.headers import A_YEAR, FIXED, POLICY
from tests.desk import TOKEN
from tests.review.house import Found, everything
from tests.review.walk import address, rules, said, who_may

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

KEPT = {"static"}
SHORT = {"Accept": "application/json"}  # a refusal of one line, not of a whole page
NONCE = re.compile(r"'nonce-([\w-]{22})'")
SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
INLINE = re.compile(r"<[^>]*\s(?:on\w+|style)\s*=\s*[\"'][^>]*>|href\s*=\s*[\"']?javascript:", re.I)
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "/%5Cevil.example",
    "%01//evil.example",
    "javascript:alert(1)",
    "/%E2%80%AE//evil.example",
)


@pytest.fixture
def pages(app: Flask, staff, ours, monkeypatch) -> Iterator[tuple[Rule, object]]:
    """Every page, by somebody who may, on TLS; each is asked to lead elsewhere. Paper is blank."""
    app.config["SECURE_COOKIES"] = True
    blank = SimpleNamespace(write_pdf=lambda **_: b"%PDF-1.7")
    library = SimpleNamespace(
        HTML=lambda **_: blank, CSS=lambda **_: None, urls=paper.weasyprint().urls
    )
    monkeypatch.setattr(paper, "weasyprint", lambda: library)
    evil = cycle(ELSEWHERE)

    def opened() -> Iterator[tuple[Rule, object]]:
        for rule in rules(app, "GET"):
            target = next(evil)
            where = f"{address(rule, ours)}?next={target}&back={target}&return={target}"
            yield rule, who_may(app, staff, rule).get(where)

    return opened()


def test_every_answer_carries_the_headers_and_no_page_leads_elsewhere(pages) -> None:
    """A24, A27 on every page; inline scripts, handlers and styles on none."""
    seen, nonces = 0, set()

    for rule, answer in pages:
        carries_the_headers(answer, rule)
        nonce = NONCE.search(answer.headers["Content-Security-Policy"])[1]
        if answer.mimetype == "text/html":
            has_no_inline_code(said(answer), nonce, rule)
        leads_nowhere_else(answer, rule)
        cookies_are_kept_here(answer, rule)
        nonces.add(nonce)
        seen += 1

    assert len(nonces) == seen > 90


def carries_the_headers(answer, rule: Rule) -> None:
    for name, value in FIXED.items():
        assert answer.headers.get_all(name) == [value], (rule, name)
    [policy] = answer.headers.get_all("Content-Security-Policy")
    nonce = NONCE.search(policy)[1]
    assert policy == POLICY.format(nonce=nonce), rule
    assert answer.headers.get_all("Strict-Transport-Security") == [A_YEAR], rule
    if rule.endpoint not in KEPT:
        assert answer.headers.get_all("Cache-Control") == ["no-store"], rule
    assert "Access-Control-Allow-Origin" not in answer.headers, rule
    assert not {"Server", "X-Powered-By"} & set(answer.headers.keys()), rule


def has_no_inline_code(text: str, nonce: str, rule: Rule) -> None:
    for attributes in SCRIPT.findall(text):
        assert "src=" in attributes or "application/json" in attributes or nonce in attributes, rule
    assert INLINE.search(re.sub(r"<script\b.*?</script>", "", text, flags=re.S)) is None, rule


def leads_nowhere_else(answer, rule: Rule) -> None:
    location = answer.headers.get("Location", "/")
    assert re.match(r"(http://localhost)?/(?![/\\\s])|(http://localhost)?/$", location), rule
    assert not re.search(r"(?:href|action|formaction)=[\"']?(?:https?:)?[/\\\t]*evil", said(answer))


def cookies_are_kept_here(answer, rule: Rule) -> None:
    for cookie in answer.headers.get_all("Set-Cookie"):
        assert "HttpOnly" in cookie, rule
        assert "SameSite=" in cookie, rule


def unsafe(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address that changes something, a library's too, with the method."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - SAFE_METHODS):
            yield rule, method


def token_of(client) -> dict[str, str]:
    """The header with the token of a page."""
    return {"X-CSRFToken": TOKEN.search(client.get("/protocols").text)[1]}


def test_no_address_takes_json_without_the_token_or_anything_from_another_site(
    app, staff, ours: Found
) -> None:
    """A11, A12 by every method that changes something, forms and JSON alike."""
    before, tried = everything(app), 0

    for rule, method in unsafe(app):
        client, where = who_may(app, staff, rule), address(rule, ours)
        token = {"X-CSRFToken": "forged"} | {"Origin": "http://localhost"}
        for headers in (SHORT, SHORT | token):
            answer = client.open(where, method=method, json={"a": 1}, headers=headers)
            assert answer.status_code == 400, rule
        tried += 1

    assert tried > 90
    assert everything(app) == before


def test_no_address_takes_anything_from_a_page_of_another_site(app, staff, ours: Found) -> None:
    before = everything(app)
    tokens = {id(client): token_of(client) for client in staff.values()}
    origins = cycle(
        ("https://evil.example", "null", "http://localhost.evil", "http://localhost@evil")
    )

    for rule, method in unsafe(app):
        client, where = who_may(app, staff, rule), address(rule, ours)
        headers = tokens[id(client)] | SHORT | {"Origin": next(origins)}
        assert client.open(where, method=method, headers=headers).status_code == 400, rule

    assert everything(app) == before


def test_a23_no_address_answers_to_a_foreign_host(app, staff, ours: Found) -> None:
    for rule in app.url_map.iter_rules():
        method = "GET" if "GET" in rule.methods else "POST"
        for headers in ({"Host": "evil.example"}, {"Host": "localhost.evil.example:5000"}):
            answer = who_may(app, staff, rule).open(
                address(rule, ours), method=method, headers=headers
            )
            assert answer.status_code == 400, rule
            assert "evil" not in said(answer) + str(answer.headers), rule


def test_a28_no_address_takes_a_body_beyond_its_limit(app, staff, ours: Found) -> None:
    """The largest that any address takes is a letter of 20 MB with its form around it."""
    large = {"CONTENT_LENGTH": str(30_000_000)}
    tokens = {id(client): token_of(client) for client in staff.values()}
    before = everything(app)

    for rule, method in unsafe(app):
        client = who_may(app, staff, rule)
        answer = client.open(
            address(rule, ours),
            method=method,
            headers=tokens[id(client)],
            environ_overrides=large,
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 413, rule

    assert everything(app) == before


def test_no_address_repeats_what_was_sent(app, staff, ours: Found) -> None:
    for rule in app.url_map.iter_rules():
        where = address(rule, ours)
        answer = who_may(app, staff, rule).open(where, method="TRACE", headers=SHORT)
        assert answer.status_code in (400, 405), rule
