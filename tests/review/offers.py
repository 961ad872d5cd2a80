"""This file is about what a page offers: its links and forms, and which are refused."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from clinic.core.permissions import GRANTS, PUBLIC, Role, needed

# <a href="/..">, <form method="post" action="/..">, <button formaction="/..">, hx-post, data-send
TAG = re.compile(r"<(?:a|form|button|input|div|section|tr|li|body)\s[^>]+>")
SAID = re.compile(r'\b(href|action|formaction|hx-get|hx-post|hx-put|data-[a-z-]+|method)="([^"]*)"')
BY = {"href": "GET", "formaction": "POST", "hx-get": "GET", "hx-post": "POST", "hx-put": "PUT"}


def offered(page: str, html: str) -> Iterator[tuple[str, str]]:
    """(method, path) of each link and form of a page; a script's address has no method."""
    for tag in set(TAG.findall(html)):
        said = dict(SAID.findall(tag))
        method = said.pop("method", "get").upper()
        if tag.startswith("<form"):
            said.setdefault("action", "")
        for name, where in said.items():
            parts = urlsplit(urljoin(page, unescape(where)))
            script = name.startswith("data-") and not where.startswith("/")
            if not (parts.netloc or script or where.startswith("#")):
                yield method if name == "action" else BY.get(name, ""), parts.path


def refused(app: Flask, role: Role, page: str, html: str) -> set[tuple[str, str]]:
    """What a page offers to somebody of a role and the program would refuse, or does not know."""
    found = set()
    for method, path in offered(page, html):
        if not any(granted(app, role, endpoint) for endpoint in aims(app, method, path)):
            found.add((method, path))
    return found


def aims(app: Flask, method: str, path: str) -> Iterator[str]:
    """The endpoint of an address; of a script's address those of each method."""
    for one in [method] if method else ["GET", "POST", "PUT"]:
        try:
            yield app.url_map.bind("localhost").match(path, method=one)[0]
        except HTTPException:  # no such address by this method
            continue


def granted(app: Flask, role: Role, endpoint: str) -> bool:
    """Whether the gate lets this role through."""
    permission = needed(app, endpoint)
    return permission == PUBLIC or permission in GRANTS[role]
