"""Requests that schemathesis makes of the API's own description: fitting ones, and any other.

Each answer is one that the description knows, never a fault, and what is refused saves nothing.
"""

import time
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.desk import Desk, desk, somebody
from tests.review.house import everything
from tests.sessions.room import planned_session
from tests.torture.table import Table

__all__ = ["desk", "somebody"]
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
EACH, SECONDS = 400, 20  # requests of one kind for one address, and how long at most
FAULTS = {500, 503}
HOW = settings(
    max_examples=EACH,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
AnyCase = Case[Any]
known = st.sampled_from((True, True, True, False))


@SQLITE
def test_whatever_is_made_of_the_description_is_answered_as_it_says(
    desk: Desk, clock: Clock, table: Table
) -> None:
    session_id = str(planned_session(desk.app, desk.somebody, clock.now))
    described = schemathesis.openapi.from_dict(desk.get("/api/openapi.json").get_json())
    described.app = desk.app
    thrown = Thrown(desk, session_id)
    with table.fault("requests made of the API's description (schemathesis)") as line:
        for found in described.get_all_operations():
            for mode in GenerationMode:
                assert isinstance(found, Ok), found
                thrown.at(found.ok(), mode)
        line.tries, line.passed = thrown.tries, thrown.tries - len(thrown.wrong)
        line.lost = len(thrown.changed)
        line.said += [f"{status}: {count}" for status, count in sorted(thrown.told.items())]

    assert not thrown.wrong, thrown.wrong[:3]
    assert not thrown.changed, thrown.changed[:3]
    assert thrown.told.keys() >= {201, 400, 404, 422}
    assert line.tries > 400


class Thrown:
    """What became of it. `wrong`: not in the description; `changed`: refused, and saved."""

    def __init__(self, desk: Desk, session_id: str) -> None:
        self.desk, self.session_id = desk, session_id
        self.now = desk.app.extensions["clinic.clock"]().isoformat()
        self.tries, self.told = 0, Counter[int]()
        self.wrong: list[str] = []
        self.changed: list[str] = []
        self.rows = everything(desk.app)

    def at(self, operation: Any, mode: GenerationMode) -> None:
        """Requests for one address; most name a session that is there, with the page's token."""
        described = {int(status) for status in operation.definition.raw["responses"]}
        until = time.monotonic() + SECONDS

        @HOW
        @given(operation.as_strategy(generation_mode=mode), known)
        def send(case: AnyCase, is_known: bool) -> None:
            if time.monotonic() < until:
                self.judge(case, self.answer(case, is_known), described - FAULTS)

        send()

    def answer(self, case: AnyCase, is_known: bool) -> TestResponse:
        """Sent by a nurse's browser: now, where it would be a time of any year; a note in words."""
        if is_known:
            case.path_parameters["session_id"] = self.session_id
            case.headers["X-CSRFToken"] = self.desk.token()
            case.cookies = {}
            if isinstance(case.body, dict) and "effective_at" in case.body:
                case.body |= {"effective_at": self.now, "corrects_id": None, "device_at": None}
                case.body |= {"text": "Seen"} if case.body.get("kind") == "note" else {}
        sent = case.as_transport_kwargs()
        client = self.desk.client if is_known else self.desk.app.test_client()
        return client.open(**sent)

    def judge(self, case: AnyCase, answer: TestResponse, described: set[int]) -> None:
        """A refusal leaves every row as it was."""
        self.tries += 1
        self.told[answer.status_code] += 1
        said = f"{answer.status_code} {case.as_curl_command()}"
        if answer.status_code not in described:
            self.wrong.append(said)
        rows = everything(self.desk.app)
        if answer.status_code >= 300 and rows != self.rows:
            self.changed.append(said)
        self.rows = rows
