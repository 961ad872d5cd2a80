"""This file is about the API under any JSON: what its description names, filled with anything."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from tests.desk import Desk
from tests.security.hostile import PARAMETERS, TYPED
from tests.sessions.room import planned_session, put_body

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WORDS = ("118", "note", "2026-03-12T09:05:00+00:00", "checked-in", *PARAMETERS, *TYPED)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(WORDS)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def bodies(schemas: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects whose names are those of one kind of entry, each with any value or one it offers."""

    def of(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
        fields = {
            name: st.sampled_from(field["enum"]) | values if field.get("enum") else values
            for name, field in schema["properties"].items()
        }
        return st.fixed_dictionaries({}, optional=fields)

    return st.one_of([of(schema) for schema in schemas])


def test_any_json_of_the_apis_own_names_is_answered_in_words(desk: Desk, clock: Clock) -> None:
    """Never a fault, never more than the description says (A31, A32, ASVS 15.3.5)."""
    path, operation = next(
        (path, methods["put"])
        for path, methods in desk.get("/api/openapi.json").get_json()["paths"].items()
        if path.endswith("/entries/{entry_id}")
    )
    schemas = operation["requestBody"]["content"]["application/json"]["schema"]["oneOf"]
    session_id = planned_session(desk.app, desk.somebody, clock.now)
    told = {int(status) for status in operation["responses"]}

    @settings(
        max_examples=80,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(bodies(schemas))
    def send(body: dict[str, Any]) -> None:
        answer = put_body(desk, session_id, json.dumps(body), uuid.uuid4())
        assert answer.status_code in told - {500, 503}, (body, answer.status_code)
        assert answer.is_json
        assert answer.status_code < 400 or set(answer.get_json()) >= {"error", "fields"}

    assert path.startswith("/sessions/")
    send()
