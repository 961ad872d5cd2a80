"""This file is about the API's description: it says what the routes and the forms say."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from clinic.core.forms import (
    BaseForm,
    Choice,
    Decimal_,
    Flag,
    Identifier,
    LocalDate,
    Moment,
    Text,
    WholeNumber,
    required,
)
from clinic.core.openapi import schema, takes_json
from clinic.core.permissions import Permission, requires
from tests.core.browser import Browser
from tests.core.conftest import sqlite_only

pytestmark = sqlite_only


class Reading(BaseForm):
    """What a monitor shows."""

    pulse = WholeNumber("Heart rate", [required("Enter it.")], unit="/min", low=1, high=300)
    flow = Decimal_("Oxygen", unit="L/min", high=15)
    taken_at = Moment("Time")
    day = LocalDate("Day")
    subject = Identifier("Subject")
    comment = Text("Comment", longest=20)
    arm = Choice("Arm", choices=[("left", "Left"), ("right", "Right")])
    asleep = Flag("Asleep")


@pytest.fixture
def described(app) -> dict[str, Any]:
    """The description as somebody who is signed in gets it, with a route of the trial's."""

    @app.put("/trial/readings/<uuid:reading_id>")
    @requires(Permission.SESSION_LOG)
    @takes_json(Reading)
    def put_reading(reading_id: object) -> str:
        """Save a reading."""
        return ""

    return Browser(app, role="nurse").get("/api/openapi.json").get_json()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_for_people_who_are_signed_in(anybody) -> None:
    assert anybody.get("/api/openapi.json").status_code == 303


def test_a_form_is_described_by_its_own_limits(app) -> None:
    with app.test_request_context():
        described = schema(Reading)

    assert described["required"] == ["pulse"]
    assert described["additionalProperties"] is False
    properties = described["properties"]
    assert properties["pulse"] == {
        "description": "Heart rate",
        "type": "integer",
        "nullable": True,
        "x-unit": "/min",
        "minimum": 1,
        "maximum": 300,
    }
    assert (properties["flow"]["type"], properties["flow"]["maximum"]) == ("number", 15)
    assert properties["taken_at"]["format"] == "date-time"
    assert properties["day"]["format"] == "date"
    assert properties["subject"]["format"] == "uuid"
    assert properties["comment"]["maxLength"] == 20
    assert properties["arm"]["enum"] == ["left", "right", None]
    assert properties["asleep"]["type"] == "boolean"


def test_a_form_of_several_says_by_which_kind_it_is_meant(app) -> None:
    with app.test_request_context():
        described = schema(Reading, "reading")

    assert described["required"] == ["kind", "pulse"]
    assert described["properties"]["kind"] == {"type": "string", "enum": ["reading"]}


def test_a_route_is_described_with_its_permission(described) -> None:
    operation = described["paths"]["/trial/readings/{reading_id}"]["put"]

    assert operation["summary"] == "Save a reading."
    assert operation["x-permission"] == "session:log"
    assert {p["name"] for p in operation["parameters"]} == {"reading_id", "X-CSRFToken"}


def test_every_route_that_takes_json_is_described_by_its_real_methods(described, app) -> None:
    taking = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if hasattr(app.view_functions[rule.endpoint], "json_forms")
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, method, _ in operations(described)} == taking
    assert len(taking) >= 2


def test_it_is_well_formed(described) -> None:
    """The rules of OpenAPI 3.0 that a document of this shape can break."""
    assert described["openapi"].startswith("3.0.")
    assert set(described["info"]) >= {"title", "version"}
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names))
    for path, _, operation in operations(described):
        inside = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert inside == set(re.findall(r"{(\w+)}", path))
        assert all(p["required"] for p in operation["parameters"] if p["in"] == "path")
        assert all("description" in answer for answer in operation["responses"].values())
        assert all(re.fullmatch(r"[1-5]\d\d", code) for code in operation["responses"])
    for requirement in described["security"]:
        assert set(requirement) <= set(described["components"]["securitySchemes"])


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str) and node["type"] != "apiKey":
            yield node
        for part in node.values():
            yield from schemas(part)
    if isinstance(node, list):
        for part in node:
            yield from schemas(part)


def test_every_schema_in_it_is_one(described) -> None:
    kinds = {"string", "number", "integer", "boolean", "object", "array"}
    for found in schemas(described["paths"]):
        assert found["type"] in kinds
        assert found.get("minimum", 0) <= found.get("maximum", 10**12)
        assert set(found.get("required", [])) <= set(found.get("properties", {}))
        assert None not in found.get("enum", []) or found["nullable"]
        assert len(found.get("enum", [])) == len(set(found.get("enum", [])))


def test_the_list_of_routes_can_be_read_by_people(app) -> None:
    result = app.test_cli_runner().invoke(args=["permissions"])

    assert result.exit_code == 0
    assert re.search(r"^public +GET +/healthz$", result.output, re.M)
    assert re.search(r"^clinic:configure +GET +/trial/configure$", result.output, re.M)
