"""This file is about the forms that pages offer: where each goes, and what a browser would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from clinic.core.permissions import GRANTS, PUBLIC, Role, needed
from tests.review.house import Found, Staff
from tests.review.walk import address, rules, said

TYPED = ("text", "textarea", "search", "email", "tel", "url", "number", "date", "datetime-local")
NO_VALUE = ("submit", "button", "image", "reset")
SHOWN_ONLY = ("core.components",)  # shows how fields look
# Who is offered the most stands first.
FILLING = (Role.PSYCHIATRIST, Role.NURSE, Role.THERAPIST, Role.ADMINISTRATOR, Role.AUDITOR)
TOKEN = "csrf_token"


@dataclass
class FoundForm:
    """A form as it stands on a page. `fields`: what a browser sends when nobody touches it."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)  # fields that take what a person writes
    files: set[str] = field(default_factory=set)
    many: set[str] = field(default_factory=set)  # boxes and lists that may hold several values


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.by_id = page, list[FoundForm](), dict[str, FoundForm]()
        self.open: FoundForm | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, or a field of one."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.page, said.get("action", "") or self.page)
            self.open = FoundForm(action, said.get("method", "get").upper())
            self.found.append(self.open)
            self.by_id[said.get("id", "")] = self.open
            return
        form = self.by_id.get(said["form"]) if said.get("form") else self.open
        if form is None:
            return
        if tag == "option" and self.select and ("selected" in said or not form.fields[self.select]):
            form.fields[self.select] = said.get("value", "")
        name = said.get("name", "")
        if name and tag in ("input", "textarea", "select"):
            self.take(form, tag, name, said)

    def take(self, form: FoundForm, tag: str, name: str, said: dict[str, str]) -> None:
        """One field."""
        kind = said.get("type", "text") if tag == "input" else tag
        if kind == "file":
            form.files.add(name)
        elif kind in ("checkbox", "radio"):
            form.many |= {name} if kind == "checkbox" else set()
            if "checked" in said or (kind == "radio" and name not in form.fields):
                form.fields[name] = said.get("value", "on")
        elif kind not in NO_VALUE:
            form.fields[name] = said.get("value", "")
            form.typed |= {name} if kind in TYPED else set()
        self.select = name if tag == "select" else ""
        self.area = name if tag == "textarea" else ""

    def handle_endtag(self, tag: str) -> None:
        """A field or a form ends."""
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        """What stands in a text of several lines."""
        if self.area and self.open is not None:
            self.open.fields[self.area] += data


def forms_on(client: FlaskClient, page: str) -> list[FoundForm]:
    """The forms of one page."""
    answer = client.get(page)
    if answer.mimetype != "text/html":
        return []
    parser = Forms(page)
    parser.feed(said(answer))
    return parser.found


def everybodys_forms(
    app: Flask, staff: Staff, found: Found, roles: tuple[Role, ...] = FILLING
) -> Iterator[tuple[Role, FoundForm]]:
    """Each form that a page offers to the first of the roles that may open it.

    Of forms with the same aim and the same fields there is one.
    """
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    match = app.url_map.bind("localhost").match
    for rule in rules(app, "GET"):
        permission = needed(app, rule.endpoint)
        may = [one for one in roles if permission in GRANTS[one] or permission == PUBLIC]
        if not may or rule.endpoint in SHOWN_ONLY or rule.rule.endswith((".pdf", ".csv")):
            continue
        for form in forms_on(staff[may[0]], address(rule, found)):
            aim, _ = match(urlsplit(form.action).path, method=form.method)
            what = (aim, form.method, tuple(sorted(form.fields)))
            if what not in seen:
                seen.add(what)
                yield may[0], form
