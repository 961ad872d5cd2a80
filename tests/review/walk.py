"""This file is about walking the map of addresses: each rule, furnished, by somebody who may."""

import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from clinic.core.permissions import GRANTS, PUBLIC, Role, needed
from tests.desk import TOKEN
from tests.review.house import Found, Staff

CODES = {
    "instruments": "EPDS",
    "scales": "EPDS",
    "followups": "24-hours",
    "courses": "racemic",
    "sessions": "alerts",
}
LIBRARYS = ("static", "security")  # pages of a library show no record


def rules(app: Flask, *methods: str) -> Iterator[Rule]:
    """The rooms' addresses that take one of the methods."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] not in LIBRARYS and rule.methods & set(methods):
            yield rule


def address(rule: Rule, found: Found) -> str:
    """An address of a rule; one that nobody furnished fails here."""
    code = {"code": CODES.get(rule.endpoint.split(".")[0])}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str((found | code)[part[1]]), rule.rule)


def who_may(app: Flask, staff: Staff, rule: Rule) -> FlaskClient:
    """Somebody who may open it; anybody where nothing is asked."""
    permission = needed(app, rule.endpoint)
    return next(staff[one] for one in Role if permission in GRANTS[one] or permission == PUBLIC)


def answers(client: FlaskClient, rule: Rule, where: str) -> Iterator[TestResponse]:
    """What comes when it is opened, and when something is sent with the token of a page."""
    if "GET" in rule.methods:
        yield client.get(where)
    token = TOKEN.search(client.get("/protocols").text)
    assert token
    for method in rule.methods & {"POST", "PUT"}:
        yield client.open(where, method=method, headers={"X-CSRFToken": token.group(1)})


def said(answer: TestResponse) -> str:
    """What came, as text; a printed page is no text, and is read as well as it goes."""
    return answer.get_data().decode(errors="replace")
