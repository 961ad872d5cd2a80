"""This file is about who there is when people sign in: a clinic with a nurse and a psychiatrist."""

import pytest
from flask import Flask

from clinic.core.db import job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser
from tests.factories import make_clinic, make_user


@pytest.fixture
def clinic_app(app: Flask) -> Flask:
    """The application with one clinic and two people in it."""
    with app.app_context(), job():
        make_clinic()
        make_user()
        make_user(role=Role.PSYCHIATRIST, full_name="Priya Nair", title="Dr")
    return app


@pytest.fixture
def visitor(clinic_app: Flask) -> Browser:
    """A browser in which nobody has signed in."""
    return Browser(clinic_app)
