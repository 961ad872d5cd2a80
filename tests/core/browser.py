"""This file is about a browser in the tests of the core: it carries the token of its session."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Browser:
    """Asks as a role of the trial's clinic, or as nobody."""

    def __init__(self, app: Flask, role: str = "") -> None:
        self.client = app.test_client()
        self.headers = {"X-Role": role} if role else {}

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """Ask for something, without a token."""
        options["headers"] = self.headers | options.get("headers", {})
        return self.client.open(path, method=method, buffered=True, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.ask("GET", path, **options)

    def token(self) -> str:
        """The token that every page of this session carries."""
        return self.get("/trial/token").text

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send something with the token in the header."""
        options["headers"] = {"X-CSRFToken": self.token()} | options.get("headers", {})
        return self.ask(method, path, **options)

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form."""
        return self.send("POST", path, data=fields)
