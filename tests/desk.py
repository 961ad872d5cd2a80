"""This file is about a desk: somebody opens pages and sends forms, signed in already."""

import re
import uuid
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.core.acting import Acting
from clinic.core.audit import AuditEvent
from clinic.core.db import job
from clinic.core.gate import Standing
from clinic.core.permissions import Role
from tests.databases import whole
from tests.factories import CLINIC_ID, OTHER_CLINIC_ID, make_clinic, make_other_clinic
from tests.reached_once import Outcome, reach

DUBLIN = ZoneInfo("Europe/Dublin")
NURSE_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a1")
STRANGER_ID = uuid.UUID("01950000-0000-7000-8000-0000000000b1")
TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')


class Desk:
    """One browser of a signed-in person. `role` and `somebody` may be changed between requests."""

    def __init__(self, app: Flask, somebody: Acting, role: Role = Role.NURSE) -> None:
        self.app, self.somebody, self.role = app, somebody, role
        self.client: FlaskClient = app.test_client()
        self.tokens: dict[tuple[str, str], str] = {}
        app.extensions["clinic.confirm"] = lambda: None  # whoever sits here has just proved it

    def standing(self) -> Standing:
        """What the gate is told."""
        return Standing(self.somebody, self.role, "Aiko Kimura", "Harbour Clinic")

    def get(self, address: str, **headers: str) -> TestResponse:
        """Open a page."""
        self.app.extensions["clinic.identify"] = self.standing
        return self.client.get(address, headers=headers)

    def post(self, address: str, **fields: Any) -> TestResponse:
        """Send a form with the token of a page."""
        return self.client.post(address, data=fields | {"csrf_token": self.token()})

    def token(self) -> str:
        """The token that each page carries; a page is looked at once in an hour of a session."""
        self.app.extensions["clinic.identify"] = self.standing
        if self.sitting() not in self.tokens:
            found = TOKEN.search(self.get("/protocols").text)
            assert found, "every page carries the token"
            self.tokens[self.sitting()] = found.group(1)
        return self.tokens[self.sitting()]

    def reach(self, what: Any, take: Callable[[], Outcome]) -> Outcome:
        """A step that many tests begin with; what the browser knows afterwards comes along."""

        def step() -> tuple[Outcome, str, dict[tuple[str, str], str]]:
            return take(), self.sitting()[0], dict(self.tokens)

        begin = (what, self.somebody, self.role, self.sitting()[0])
        outcome, cookie, tokens = reach(self.app, begin, step)
        self.tokens |= tokens
        if cookie:
            self.client.set_cookie("session", cookie)
        return outcome

    def sitting(self) -> tuple[str, str]:
        """What the browser is known by, and the hour."""
        cookie = self.client.get_cookie("session")
        return cookie.value if cookie else "", f"{self.app.extensions['clinic.clock']():%F %H}"

    def openings(self, patient_id: uuid.UUID) -> list[str]:
        """What the trail says was opened of a patient, oldest first."""
        opened = (AuditEvent.action == "open", AuditEvent.patient_id == patient_id)
        with whole(self.app) as database:
            bodies = select(AuditEvent.body).where(*opened).order_by(AuditEvent.seq)
            return list(database.scalars(bodies))


@pytest.fixture
def somebody(app: Flask) -> Acting:
    """A nurse of the first clinic; there is a second clinic across the wall."""

    def open_both() -> None:
        with app.app_context(), job():
            make_clinic()
            make_other_clinic()

    reach(app, "two clinics", open_both)
    return Acting(NURSE_ID, CLINIC_ID, DUBLIN)


@pytest.fixture
def stranger(somebody: Acting) -> Acting:
    """A nurse of the other clinic."""
    return Acting(STRANGER_ID, OTHER_CLINIC_ID, DUBLIN)


@pytest.fixture
def desk(app: Flask, somebody: Acting) -> Desk:
    """The nurse's browser."""
    return Desk(app, somebody)
