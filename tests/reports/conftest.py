"""This file is about who there is when data is exported: two clinics, a nurse, an administrator."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from clinic.core.acting import Acting
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.factories import acting_as, make_clinic, make_other_clinic, make_user
from tests.reports.made import NURSE_ID, T0
from tests.reports.room import ADMINISTRATOR, make_session, spray, write

Work = Callable[[Acting], AbstractContextManager[None]]
People = dict[str, Acting]


@pytest.fixture
def people(app: Flask) -> dict[str, Acting]:
    """A nurse and an administrator of Harbour Clinic, and the administrator of Hill Clinic."""
    with app.app_context(), job():
        harbour, hill = make_clinic(), make_other_clinic()
        nurse = make_user(id=NURSE_ID)
        administrator = make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist")
        other = make_user(role=Role.ADMINISTRATOR, clinic=hill, email="hill@clinic.example")
        return {
            "nurse": acting_as(nurse, harbour),
            "administrator": acting_as(administrator, harbour),
            "other": acting_as(other, hill),
        }


@pytest.fixture
def administrator(app: Flask, people: dict[str, Acting]) -> Browser:
    """The administrator's browser, signed in on the page."""
    return signed_in(app, ADMINISTRATOR)


@pytest.fixture
def treated(work: Work, people: People, clock: Clock) -> None:
    """A session of this morning with one spray and one set of readings; it is 13:00."""
    clock.now = T0 + timedelta(hours=3)
    with work(people["nurse"]):
        session = make_session()
        spray(session, T0)
        at = T0 + timedelta(minutes=40)
        write(session, "observation", at, systolic=151, diastolic=88, spo2=97, dissociation=0)


def signed_in(app: Flask, email: str) -> Browser:
    """A browser of somebody who has signed in."""
    browser = Browser(app)
    assert browser.sign_in(email).status_code == 302
    return browser
