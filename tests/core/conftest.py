"""This file is about the small application on which the promises of the core are tried."""

from collections.abc import Iterator

import pytest
from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from clinic import create_app
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job, protect
from clinic.core.gate import Standing, identify_with
from clinic.core.permissions import Role
from tests.conftest import configuration
from tests.core.browser import Browser
from tests.core.trial import (
    HERE,
    PATIENT,
    THEIR_PATIENT,
    THERE,
    Bed,
    Line,
    Reading,
    Sheet,
    Town,
    Trial,
    Ward,
)
from tests.core.views import bp
from tests.databases import Prepare, make_tables
from tests.factories import make_clinic, make_other_clinic


@pytest.fixture(scope="session")
def templates() -> Iterator[dict]:
    """Templates of their own, because they hold the trial's tables."""
    made: dict = {}
    yield made
    for template in made.values():
        template.close()


@pytest.fixture(scope="session")
def prepare() -> Prepare:
    """All tables, the trial's tables, two clinics, and the same rows in each."""

    def fill(database_uri: str) -> None:
        application = create_app(configuration(database_uri))
        make_tables(application)
        with application.app_context():
            with db.engine.begin() as connection:
                Trial.metadata.create_all(connection)
                protect(connection, Trial.metadata)
            with job():
                make_clinic(id=HERE.clinic_id)
                make_other_clinic(id=THERE.clinic_id)
            keep_rows(HERE, "mine", PATIENT)
            keep_rows(THERE, "theirs", THEIR_PATIENT)
            db.engine.dispose()

    return fill


def keep_rows(somebody: Acting, word: str, patient_id) -> None:
    """One row of everything, named by the word."""
    with act_as(somebody), job():
        town = Town(name=f"{word} town")
        db.session.add(town)
        db.session.flush()
        ward = Ward(name=word, phone=f"{word} phone", town_id=town.id, patient_id=patient_id)
        sheet = Sheet(title=word)
        db.session.add_all([ward, sheet, Reading(code=word, value=5)])
        db.session.flush()
        db.session.add_all([Bed(ward_id=ward.id, label=word), Line(sheet_id=sheet.id, text=word)])


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with the trial's pages. Who asks stands in a header, sessions in a cookie."""
    app.session_interface = SecureCookieSessionInterface()
    app.register_blueprint(bp)
    identify_with(app, who_asks)
    return app


def who_asks() -> Standing | None:
    """`X-Role: nurse` is a nurse of this clinic; with `X-There` of the other one."""
    if role := request.headers.get("X-Role"):
        somebody = THERE if "X-There" in request.headers else HERE
        return Standing(somebody, Role(role), "Aiko Kimura", "Harbour Clinic")
    return None


@pytest.fixture
def nurse(app: Flask) -> Browser:
    """A nurse of this clinic at her browser."""
    return Browser(app, role="nurse")


@pytest.fixture
def anybody(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app)


sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
