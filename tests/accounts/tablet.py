"""This file is about a shared tablet in tests: enrolled, with people who have PINs."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.actions.pins import set_pin
from clinic.accounts.models import User
from clinic.core.db import db, job
from clinic.core.permissions import Role
from tests.accounts.browser import TOKEN, Browser
from tests.factories import make_user

PINS = {"nurse": "4817", "tom": "739140", "psychiatrist": "6059"}
TOM = "tom@clinic.example"
DOCTOR = "psychiatrist@clinic.example"
ADMINISTRATOR = "administrator@clinic.example"


def staff_with_pins(app: Flask) -> None:
    """Another nurse and an administrator beside those who are there; three have PINs."""
    with app.app_context(), job():
        make_user(email=TOM, full_name="Tom Becker")
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist")
        for name, pin in PINS.items():
            set_pin(id_of(f"{name}@clinic.example"), pin)


def id_of(email: str) -> Any:
    """The id of a person."""
    return db.session.scalars(select(User.id).where(User.email == email)).one()


def enrolled(app: Flask, name: str = "Tablet 1", room: str = "2") -> Browser:
    """A tablet that an administrator enrolled and left."""
    tablet = Browser(app)
    tablet.sign_in(ADMINISTRATOR)
    answer = tablet.post("/tablets", page="/tablets", name=name, room=room)
    assert answer.location == "/tablets"
    tablet.sign_out()
    return tablet


def known_to(tablet: Browser, *emails: str) -> Browser:
    """People sign in on the tablet with their password and leave it locked."""
    for email in emails:
        tablet.sign_in(email)
        lock(tablet)
    return tablet


def lock(tablet: Browser, **fields: str) -> TestResponse:
    """Press *Lock the tablet*."""
    return tablet.post("/switch/lock", page="/switch", **fields)


def switch(tablet: Browser, email: str, pin: str, **fields: str) -> TestResponse:
    """Choose a face and enter a PIN."""
    with tablet.app.app_context():
        person_id = str(id_of(email))
    return tablet.post("/switch", page="/switch", user_id=person_id, pin=pin, **fields)


def switch_by_script(tablet: Browser, email: str, pin: str) -> TestResponse:
    """The same as js/lock.js does it."""
    found = TOKEN.search(tablet.get("/switch/panel").text)
    assert found
    with tablet.app.app_context():
        fields = {"user_id": str(id_of(email)), "pin": pin, "csrf_token": found.group(1)}
    tablet.headers = {"Accept": "application/json"}
    answer = tablet.send("/switch", fields)
    tablet.headers = {}
    return answer


def names_on(page: str) -> list[str]:
    """The faces that a page offers for a PIN."""
    return re.findall(r'data-name="([^"]+)"', page)


def who(tablet: Browser) -> str | None:
    """Who is signed in on the tablet."""
    name: str | None = tablet.get("/switch/state").json["name"]
    return name
