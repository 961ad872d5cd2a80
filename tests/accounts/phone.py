"""This file is about a nurse's phone in tests: it shows codes, and a page takes them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, current_app
from passlib.totp import TOTP
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.models import User
from clinic.core.db import db, job
from tests.accounts.browser import NURSE, Browser
from tests.clock import Clock

CODE = "/sign-in/code"


@contextmanager
def nurse(app: Flask) -> Iterator[User]:
    """The nurse's row; what is changed is kept."""
    with app.app_context(), job():
        yield db.session.scalars(select(User).where(User.email == NURSE)).one()


@pytest.fixture
def phone(clinic_app: Flask) -> TOTP:
    """The nurse's phone, already set up."""
    with nurse(clinic_app) as person:
        secret = current_app.extensions["security"].totp_factory.generate_totp_secret()
        person.tf_primary_method, person.tf_totp_secret = "authenticator", secret
        return current_app.extensions["security"].totp_factory._totp.from_source(secret)


def shown(phone: TOTP, clock: Clock) -> str:
    """What the phone shows now."""
    return str(phone.generate(time=clock.now).token)


def enter(visitor: Browser, code: str) -> TestResponse:
    """Type a code on the page that asks for it."""
    return visitor.post(CODE, page=CODE, code=code)
