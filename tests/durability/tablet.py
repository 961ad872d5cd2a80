"""This file is about a tablet in a test: it sends each entry until it is acknowledged."""

import json
import re
import time
import uuid
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from tests.factories import PASSWORD


class Tablet:
    """One client. An answer of 201 or 200 is an acknowledgement; everything else is tried again."""

    def __init__(self, port: int, email: str) -> None:
        self.port = port
        self.cookie = ""
        self.token = ""
        self.acknowledged: dict[uuid.UUID, int] = {}
        self.refusals: list[str] = []
        self.sign_in(email)

    def sign_in(self, email: str) -> None:
        """Through the page, like everybody."""
        _, page = self.ask("GET", "/sign-in")
        form = {"email": email, "password": PASSWORD, "csrf_token": token_in(page)}
        status, _ = self.ask(
            "POST", "/sign-in", urlencode(form), "application/x-www-form-urlencoded"
        )
        assert status in (302, 303), status
        _, page = self.ask("GET", "/account")
        self.token = token_in(page)

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str]:
        """One request on a connection of its own; keeps the cookie."""
        wanted = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Content-Type": kind}
        headers = {name: value for name, value in wanted.items() if value}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body.encode() or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for value in answer.msg.get_all("Set-Cookie") or []:
            self.cookie = value.split(";", 1)[0]
        return answer.status, text

    def send(self, session_id: uuid.UUID, entry_id: uuid.UUID, says: dict[str, Any]) -> None:
        """Send an entry until it is acknowledged."""
        path, body = f"/sessions/{session_id}/entries/{entry_id}", json.dumps(says)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                status, text = self.ask("PUT", path, body, "application/json")
            except (OSError, HTTPException):
                time.sleep(0.1)
                continue
            if status in (200, 201):
                self.acknowledged[entry_id] = status
                return
            assert status == 503, f"{status}: {text}"
            self.refusals.append(text)
            time.sleep(0.1)
        raise AssertionError(f"{entry_id} was never acknowledged")


def token_in(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page) or re.search(
        r'"X-CSRFToken": "([^"]+)"', page
    )
    assert found is not None, page[:2000]
    return found.group(1)
