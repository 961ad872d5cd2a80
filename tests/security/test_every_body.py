"""This file is about bodies and addresses that no page of ours sends: to every address."""

import re
from itertools import cycle
from types import SimpleNamespace

import pytest

from clinic.core.permissions import Role
from tests.desk import TOKEN
from tests.review.house import everything
from tests.review.walk import address, rules, said, who_may
from tests.security.hostile import BODIES

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ODD = {
    "int": cycle(("9223372036854775808", "3097816312401323383324672", "-1", "1e3", "0x10")),
    "uuid": cycle(("00000000-0000-0000-0000-00000000000g", "%00", "1 or 1=1", "{{7*7}}")),
    "string": cycle(("..%2f..%2fetc%2fpasswd", "%00", "%ED%A0%80", "a%0d%0ab", "x" * 2000)),
    "path": cycle(("../../config.py", "%2e%2e/%2e%2e/config.py", "..%5c..%5cconfig.py", "%00")),
}
WRITTEN = ("entry", "patient", "course", "treatment_session", "questionnaire_response")
TELLS = ("DEMO_SECRET", "root:x:", "Traceback", "sqlalchemy", "psycopg")


def test_no_address_takes_a_body_that_is_none_of_ours(app, staff, ours) -> None:
    """A16 (deserialising), A17 (XML), A31, A32 (20,000 brackets), A33: every address that takes
    something gets malformed, deep, doubled, foreign JSON, XML and a pickle, with a true token."""
    tokens = {role: TOKEN.search(client.get("/protocols").text) for role, client in staff.items()}
    bodies = [("application/json", body) for body in BODIES.values()]
    bodies += [("application/xml", XML_BOMB), ("application/x-pickle", PICKLE)]
    before = everything(app)

    for number, rule in enumerate(rules(app, "POST", "PUT")):
        client = who_may(app, staff, rule)
        role = next(one for one, known in staff.items() if known is client)
        where = address(rule, ours)
        if where.endswith(("/cancel", "/end", "/sign-out", "/lock", "/discard")):
            continue  # takes no body at all
        reads_json = "PUT" in rule.methods
        for kind, body in bodies if reads_json else [bodies[number % len(bodies)]]:
            answer = client.open(
                where,
                method=next(iter(rule.methods & {"POST", "PUT"})),
                data=body,
                headers={"X-CSRFToken": tokens[role].group(1), "Content-Type": kind},
                buffered=True,
            )
            assert answer.status_code < 500, (rule, kind, body[:40])
            assert not reads_json or answer.status_code >= 400, (rule, body[:40])
            assert not [word for word in TELLS if word in said(answer)], rule

    after = everything(app)
    assert [one for one in WRITTEN if after[one] != before[one]] == []


XML_BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>"""
PICKLE = b"cos\nsystem\n(S'touch /tmp/evil'\ntR."


def test_no_part_of_an_address_is_more_than_a_name(app, staff, ours) -> None:
    """A14 (path traversal), A31 (numbers past 64 bits): each part of each address is replaced."""
    tried = 0

    for rule in rules(app, "GET"):
        client = who_may(app, staff, rule)
        for name, converter in rule._converters.items():
            kind = type(converter).__name__.lower().removesuffix("converter")
            kind = {"integer": "int", "unicode": "string", "default": "string"}.get(kind, kind)
            for odd in (next(ODD[kind]), next(ODD[kind])):
                # As it came by the wire: the client would clean it.
                pattern = re.sub(rf"<(\w+:)?{name}>", "PART", rule.rule)
                rest = address(SimpleNamespace(rule=pattern, endpoint=rule.endpoint), ours)
                path = rest.replace("PART", odd)
                answer = client.get(path, buffered=True)
                assert answer.status_code in (303, 308, 400, 404), (path, answer.status_code)
                assert not [word for word in TELLS if word in said(answer)], path
                tried += 1

    assert tried > 150
    assert staff[Role.NURSE].get("/protocols").status_code == 200
