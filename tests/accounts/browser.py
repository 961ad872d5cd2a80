"""This file is about a browser in tests: it reads the token of a page and sends forms with it."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.models import UserSession
from clinic.core.audit import AuditEvent
from clinic.core.db import apart
from tests.databases import whole
from tests.factories import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
REFUSAL = re.compile(r'id="refusal">.*?</div></div>', re.S)
NURSE = "nurse@clinic.example"
A_PAGE = "/account/password"  # for anybody who is signed in, and for nobody else


class Browser:
    """One browser. `address` is where it sits; `trusted` headers a proxy would set."""

    def __init__(self, app: Flask, address: str = "192.0.2.1", **headers: str) -> None:
        self.app, self.client = app, app.test_client()
        self.environ = {"REMOTE_ADDR": address}
        self.headers = headers

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, environ_overrides=self.environ, headers=self.headers)

    def post(self, path: str, *, page: str = "", **fields: Any) -> TestResponse:
        """Send a form with the token of a page (the sign-in page when none is named)."""
        found = TOKEN.search(self.get(page or "/sign-in").text)
        assert found, "the page has a form"
        return self.send(path, fields | {"csrf_token": found.group(1)})

    def send(self, path: str, fields: dict[str, Any]) -> TestResponse:
        """Send exactly these fields."""
        return self.client.post(
            path, data=fields, environ_overrides=self.environ, headers=self.headers
        )

    def sign_in(
        self, email: str = NURSE, password: str = PASSWORD, path: str = "/sign-in"
    ) -> TestResponse:
        """Fill in the sign-in page."""
        return self.post(path, email=email, password=password)

    def sign_out(self) -> TestResponse:
        """Press the button."""
        return self.post("/sign-out", page=A_PAGE)

    def is_signed_in(self) -> bool:
        """Whether a page for signed-in people opens."""
        return self.get(A_PAGE).status_code == 200

    @property
    def cookie(self) -> str:
        """The id this browser is known by."""
        kept = self.client.get_cookie("session")
        return kept.value if kept else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie("session", value)


def refusal(response: TestResponse) -> str:
    """What the page says is wrong, without its markup."""
    found = REFUSAL.search(response.text)
    words = re.sub(r"<[^>]+>", " ", found.group(0)[len('id="refusal">') :]) if found else ""
    return " ".join(words.split())


def rows(app: Flask) -> list[UserSession]:
    """Every row of a browser, oldest first."""
    with app.app_context(), apart(write=False) as session:
        return list(session.scalars(select(UserSession).order_by(UserSession.id)))


def trail(app: Flask, *actions: str) -> list[str]:
    """The actions in the trail, oldest first; only those named when any are."""
    with whole(app) as database:
        events = database.execute(select(AuditEvent.__table__)).all()
    ordered = sorted(events, key=lambda event: (event.occurred_at, event.chain_id, event.seq))
    return [event.action for event in ordered if not actions or event.action in actions]


def bodies(app: Flask) -> str:
    """Everything the trail holds, as text."""
    with whole(app) as database:
        return "\n".join(database.scalars(select(AuditEvent.body)))
