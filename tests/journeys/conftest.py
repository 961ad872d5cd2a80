"""This file is about who is at work in a journey: a nurse, a psychiatrist, an administrator."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.protocols.actions import publish_from_library
from tests.clock import Clock
from tests.courses.signed import sign_consent
from tests.evaluation.signed import sign_eligible
from tests.factories import acting_as, make_clinic, make_user
from tests.journeys.pages import Administrator, Nurse, Psychiatrist

NASAL = "esketamine-nasal-56-84"
PATIENCE = 20_000  # milliseconds that a browser waits for a part of a page

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def staff(app: Flask) -> Acting:
    """Harbour Clinic in Dublin with its three people and the nasal protocol in force."""
    with app.app_context(), job():
        clinic = make_clinic()
        make_user(full_name="Aiko Kimura")
        make_user(role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        chief = make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist")
        somebody = acting_as(chief, clinic)
    with app.app_context(), act_as(somebody), job():
        publish_from_library(NASAL)
    return somebody


def every_course_may_be_treated(app: Flask, somebody: Acting) -> None:
    """The evaluation of each course is signed, and its consent, before anything is planned."""
    with app.app_context(), act_as(somebody), job():
        for course_id in db.session.scalars(select(Course.id)).all():
            sign_eligible(course_id)
            sign_consent(course_id)


def page_of(context: BrowserContext) -> Page:
    """A page that gives up soon."""
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def nurse(staff: Acting, page: Page, clock: Clock) -> Nurse:
    """The nurse at her tablet."""
    page.context.set_default_timeout(PATIENCE)
    return Nurse(page, clock)


@pytest.fixture
def psychiatrist(
    staff: Acting, new_context: Callable[[], BrowserContext], clock: Clock
) -> Psychiatrist:
    """The psychiatrist at a device of his own."""
    return Psychiatrist(page_of(new_context()), clock)


@pytest.fixture
def administrator(
    staff: Acting, new_context: Callable[[], BrowserContext], clock: Clock
) -> Administrator:
    """The administrator in the office."""
    return Administrator(page_of(new_context()), clock)
