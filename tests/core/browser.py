"""This file is about a browser in the tests of the core: it carries the token of its session."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Browser:
    """Asks as a role of the trial's clinic, or as nobody."""

    def __init__(self, app: Flask, role: str = "") -> None:
        self.client = app.test_client()
        self.headers = {"X-Role": role} if role else {}

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        options["headers"] = self.headers | options.get("headers", {})
        return self.client.get(path, **options)

    def token(self) -> str:
        """The token that every page of this session carries."""
        return self.get("/trial/token").text

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send something with the token in the header."""
        headers = self.headers | {"X-CSRFToken": self.token()} | options.pop("headers", {})
        return self.client.open(path, method=method, headers=headers, **options)

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form."""
        return self.send("POST", path, data=fields)
