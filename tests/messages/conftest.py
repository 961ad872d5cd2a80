"""This file is about a clinic that writes to a woman, and the carriers that take it: real ones."""

import json
import socket
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from clinic.messages.actions import save_settings
from clinic.patients.rules import ContactBy
from tests.desk import NURSE_ID, desk, somebody, stranger
from tests.factories import make_patient, make_user
from tests.links.room import SETTINGS
from tests.messages.room import Post

__all__ = ["desk", "somebody", "stranger"]


@pytest.fixture
def patient_id(work, somebody) -> uuid.UUID:
    """Maya, who agreed to text messages; a nurse works there, and the clinic set its hours."""
    with work(somebody):
        make_user(id=NURSE_ID)
        save_settings(SETTINGS, None)
        maya = make_patient(phone="+353 (55) 501-41", email="maya@home.example")
        maya.contact_by = ContactBy.SMS
        return maya.id


@pytest.fixture
def post(app, work, somebody, patient_id) -> Post:
    """The clinic as it writes to her."""
    return Post(app, somebody, patient_id, work)


@dataclass
class Gateway:
    """A gateway for texts on this machine. `answers`: statuses to give, then 202 for ever."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def gateway(app) -> Iterator[Gateway]:
    """The gateway that the operator set up."""
    found = Gateway()

    class Door(BaseHTTPRequestHandler):
        """Takes what is posted."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(
                {"headers": dict(self.headers), "path": self.path, **json.loads(body)}
            )
            self.send_response(found.answers.pop(0) if found.answers else 202)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    found.url = f"http://127.0.0.1:{server.server_port}/v1/texts"
    app.config.update(SMS_URL=found.url, SMS_TOKEN="gateway-token")
    yield found
    server.shutdown()
    server.server_close()


@dataclass
class MailServer:
    """A mail server on this machine. `answers`: replies to give instead of taking a letter."""

    answers: list[str] = field(default_factory=list)
    letters: list[Any] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the name that the library calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take a letter, or answer as told."""
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(envelope)
        return "250 taken"


@pytest.fixture
def mail(app) -> Iterator[MailServer]:
    """The mail server that the operator set up."""
    handler = MailServer()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    app.config.update(
        SMTP_URL=f"smtp://127.0.0.1:{server.port}", MAIL_FROM="Harbour team <team@clinic.example>"
    )
    yield handler
    server.stop()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
