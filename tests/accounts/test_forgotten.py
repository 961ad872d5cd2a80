"""This file is about a forgotten password: written to the mailbox of whoever has the name."""

import re
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.models import User
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.messages.models import Message
from tests.accounts.browser import NURSE, Browser, trail
from tests.accounts.phone import phone
from tests.clock import Clock
from tests.factories import CLINIC_ID, PASSWORD, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
__all__ = ["phone"]

FORGOTTEN = "/one-time/forgotten"
OURS = "https://clinic.example"
NEW = "eleven wooden harps sleeping"


@pytest.fixture
def mailing(clinic_app: Flask) -> Flask:
    """A server that sends mail, and knows its own name."""
    clinic_app.config |= {
        "SMTP_URL": "smtps://mail.example",
        "MAIL_FROM": "no-reply@clinic.example",
        "PUBLIC_URL": OURS,
    }
    return clinic_app


def forgot(app: Flask, email: str, **headers: str) -> TestResponse:
    """Ask for a link."""
    return Browser(app, **headers).post(FORGOTTEN, page=FORGOTTEN, email=email)


def letters(app: Flask) -> list[tuple[str, str]]:
    """(address, text) of what waits to be sent, oldest first."""
    with app.app_context(), act_as(Acting(CLINIC_ID, CLINIC_ID, ZoneInfo("Europe/Dublin"))), job():
        found = db.session.scalars(select(Message).order_by(Message.put_at, Message.id))
        return [(one.address, str(one.sealed)) for one in found]


def test_the_link_goes_to_the_mailbox_under_the_servers_own_name(mailing: Flask) -> None:
    """A23: a forged Host header changes no address of a link."""
    mailing.config["TRUSTED_HOSTS"] = None
    forgot(mailing, " NURSE@clinic.example")
    forged = forgot(mailing, "psychiatrist@clinic.example", Host="evil.example")

    first, second = letters(mailing)
    assert first[0] == NURSE
    assert re.search(rf"{OURS}/one-time/[a-z2-7]{{26}}\n", first[1])
    assert re.search(rf"{OURS}/one-time/[a-z2-7]{{26}}\n", second[1])
    assert "evil" not in second[1] + str(forged.headers)


def test_it_opens_a_new_password_and_the_second_step_stays(mailing: Flask, phone: object) -> None:
    forgot(mailing, NURSE)
    ((_, text),) = letters(mailing)
    page = text.split(OURS)[1].split("\n")[0]

    Browser(mailing).post(page, page=page, password=NEW, again=NEW)

    visitor = Browser(mailing)
    assert visitor.sign_in(NURSE, NEW).location.startswith("/sign-in/code")
    assert Browser(mailing).get(page).status_code == 404, "once"


def test_a_name_that_nobody_has_is_told_the_same(mailing: Flask) -> None:
    with mailing.app_context(), job():
        make_user(role=Role.AUDITOR, email="gone@clinic.example", active=False)

    answers = [forgot(mailing, who) for who in (NURSE, "nobody@x.example", "gone@clinic.example")]

    assert len({(one.status_code, one.location, len(one.data)) for one in answers}) == 1
    assert [address for address, _ in letters(mailing)] == [NURSE]
    assert trail(mailing, "ask-for-password") == ["ask-for-password"] * 3


def test_nobodys_mailbox_is_filled(mailing: Flask, clock: Clock) -> None:
    for _ in range(9):
        assert forgot(mailing, NURSE).status_code == 303

    assert len(letters(mailing)) == 5
    clock.advance(hours=1)
    forgot(mailing, NURSE)
    assert len(letters(mailing)) == 6


def test_asking_changes_nothing_until_the_link_is_used(mailing: Flask) -> None:
    forgot(mailing, NURSE)

    visitor = Browser(mailing)
    visitor.sign_in(NURSE, PASSWORD)
    assert visitor.is_signed_in()


def test_a_server_that_sends_no_mail_has_no_such_page(clinic_app: Flask) -> None:
    assert Browser(clinic_app).get(FORGOTTEN).status_code == 404
    assert "ask the person who looks after accounts" in Browser(clinic_app).get("/sign-in").text


def test_whoever_loses_the_second_step_is_told_by_mail(mailing: Flask, phone: object) -> None:
    with mailing.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lind")
        nurse = db.session.scalars(select(User.id).where(User.email == NURSE)).one()
    admin = Browser(mailing)
    admin.sign_in("administrator@clinic.example")

    admin.post(f"/staff/{nurse}/second-step", page=f"/staff/{nurse}")
    admin.post(f"/staff/{nurse}/link", page=f"/staff/{nurse}")

    warned, linked = letters(mailing)
    assert warned[0] == linked[0] == NURSE
    assert "Your second step for signing in at work was taken off." in warned[1]
    assert f"{OURS}/one-time/" in linked[1]
    assert "is written to at nurse@clinic.example" in admin.get(f"/staff/{nurse}").text
