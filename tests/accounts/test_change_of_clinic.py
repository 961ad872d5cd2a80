"""This file is about a person of several clinics: one at a time, and nothing goes along."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import create_app
from clinic.accounts.models import Clinic, Membership, User
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, db, job
from clinic.core.permissions import Role
from clinic.demo.actions.courses import load_course
from clinic.demo.actions.people import load_people
from clinic.demo.rules.current import CURRENT
from tests.accounts.browser import Browser, rows
from tests.clock import MORNING, Clock
from tests.conftest import configuration
from tests.databases import SqliteTemplate, make_tables, whole

OKAFOR = "chidi.okafor@harbour.example"
AIKO = "aiko.kimura@harbour.example"
DEMO_PASSWORD = "quiet-lantern-harbour-tide"
GO = re.compile(r'name="clinic" value="([0-9a-f-]{36})"')


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A database with the invented people of both clinics, made once."""

    def prepare(address: str) -> None:
        application = create_app(configuration(address), clock=Clock())
        make_tables(application)
        with application.app_context():
            assert load_people()
            assert all(load_course(case, MORNING, 0) for case in CURRENT)
            db.engine.dispose()

    return SqliteTemplate(tmp_path_factory.mktemp("demo"), prepare)


@pytest.fixture
def demo(loaded: SqliteTemplate, clock: Clock) -> Iterator[Flask]:
    """The application on a copy of it."""
    application = create_app(configuration(loaded.copy()), clock=clock)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def okafor(demo: Flask) -> Browser:
    """Dr Okafor, who has signed in and sits in the Harbour Perinatal Clinic."""
    browser = Browser(demo)
    browser.sign_in(OKAFOR, DEMO_PASSWORD)
    assert "Harbour Perinatal Clinic" in browser.get("/account").text
    return browser


def clinic_of(app: Flask, code: str) -> Clinic:
    with app.app_context(), apart(write=False) as session:
        return session.scalars(select(Clinic).where(Clinic.code == code)).one()


def events(app: Flask, code: str) -> list[dict[str, Any]]:
    """The trail of one clinic, oldest first."""
    chain = clinic_of(app, code).id
    with whole(app) as database:
        found = select(AuditEvent.body).where(AuditEvent.chain_id == chain)
        return [json.loads(body) for body in database.scalars(found.order_by(AuditEvent.seq))]


def go(browser: Browser, code: str = "LWC") -> Any:
    return browser.post(
        "/account/clinic", page="/account", clinic=str(clinic_of(browser.app, code).id)
    )


def test_the_menu_offers_the_other_clinic_of_a_person(okafor: Browser) -> None:
    page = okafor.get("/account").text

    assert GO.findall(page) == [str(clinic_of(okafor.app, "LWC").id)]
    assert "Lakeside Women&#39;s Clinic" in page


def test_the_menu_of_a_person_with_one_clinic_offers_none(demo: Flask) -> None:
    aiko = Browser(demo)
    aiko.sign_in(AIKO, DEMO_PASSWORD)

    assert GO.findall(aiko.get("/account").text) == []


def test_the_sitting_goes_on_in_the_other_clinic_under_a_new_id(okafor: Browser) -> None:
    before = okafor.cookie

    response = go(okafor)

    assert (response.status_code, response.location) == (303, "/")
    assert okafor.cookie != before
    assert "Psychiatrist at Lakeside Women&#39;s Clinic" in okafor.get("/account").text
    thief = Browser(okafor.app)
    thief.cookie = before
    assert not thief.is_signed_in()


def test_the_role_is_that_of_the_clinic(okafor: Browser) -> None:
    with okafor.app.app_context(), job():
        person = db.session.scalars(select(User).where(User.email == OKAFOR)).one()
        there = select(Membership).where(Membership.user_id == person.id)
        lakeside = db.session.scalars(select(Clinic).where(Clinic.code == "LWC")).one()
        places = {place.clinic_id: place for place in db.session.scalars(there)}
        places[lakeside.id].role = Role.AUDITOR
    assert okafor.get("/patients").status_code == 200

    go(okafor)

    assert "Auditor at" in okafor.get("/account").text
    assert okafor.get("/patients").status_code == 403


def test_nothing_of_the_clinic_that_was_left_goes_along(okafor: Browser) -> None:
    here = okafor.get("/patients").text
    course = re.findall(r'href="(/courses/[0-9a-f-]{36})"', here)[0]
    assert okafor.get(course).status_code == 200
    assert "Maya Torres" in here

    go(okafor)

    there = okafor.get("/patients").text
    assert "Maya Torres" not in there
    assert "HPC-0420" not in there
    assert "Lena Fischer" in there
    assert okafor.get(course).status_code == 404
    (row,) = [row for row in rows(okafor.app) if row.user_id and not row.ended_at]
    assert course.rpartition("/")[2] not in row.data


def test_a_page_left_open_in_the_other_clinic_saves_nothing(okafor: Browser) -> None:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', okafor.get("/patients/new").text)[0]
    go(okafor)

    response = okafor.send("/patients/new", {"csrf_token": token, "given_name": "Nobody"})

    assert response.status_code == 400
    assert "The page is out of date" in response.text


def test_both_trails_know_and_neither_names_the_other_clinic(okafor: Browser) -> None:
    go(okafor)

    left, entered = events(okafor.app, "HPC")[-1], events(okafor.app, "LWC")[-1]
    assert (left["action"], entered["action"]) == ("leave-clinic", "enter-clinic")
    assert left["actor"] == entered["actor"] == left["record"]
    assert left["request"] == entered["request"]
    assert str(clinic_of(okafor.app, "LWC").id) not in json.dumps(left)
    assert str(clinic_of(okafor.app, "HPC").id) not in json.dumps(entered)


@pytest.mark.parametrize("clinic", ["", "harbour", "01950000-0000-7000-8000-00000000c0ff"])
def test_a_clinic_that_is_none_of_mine_is_not_found(okafor: Browser, clinic: str) -> None:
    response = okafor.post("/account/clinic", page="/account", clinic=clinic)

    assert response.status_code == 404
    assert "Harbour Perinatal Clinic" in okafor.get("/account").text


def test_a_clinic_that_sent_me_home_is_not_found(okafor: Browser) -> None:
    with okafor.app.app_context(), job():
        lakeside = db.session.scalars(select(Clinic).where(Clinic.code == "LWC")).one()
        person = db.session.scalars(select(User).where(User.email == OKAFOR)).one()
        places = db.session.scalars(select(Membership).where(Membership.user_id == person.id))
        for place in places:
            place.is_active = place.clinic_id != lakeside.id

    assert GO.findall(okafor.get("/account").text) == []
    assert go(okafor).status_code == 404


def test_a_nurse_of_one_clinic_does_not_get_into_the_other(demo: Flask) -> None:
    aiko = Browser(demo)
    aiko.sign_in(AIKO, DEMO_PASSWORD)

    assert go(aiko).status_code == 404
    assert [event["action"] for event in events(demo, "LWC")].count("enter-clinic") == 0


def test_a_clinic_that_asks_for_a_second_step_says_so_first(okafor: Browser) -> None:
    """A08: a switch that one door ignores."""
    with okafor.app.app_context(), job():
        lakeside = db.session.scalars(select(Clinic).where(Clinic.code == "LWC")).one()
        lakeside.second_factor_required = True

    response = go(okafor)

    assert response.location == "/account"
    page = okafor.get("/account").text
    assert "asks for a second step. Set it up in your account first." in page
    assert "Psychiatrist at Harbour" in page


def test_changing_the_clinic_makes_no_sitting_longer(okafor: Browser, clock: Clock) -> None:
    okafor.app.config["IDLE_MINUTES"] = 13 * 60
    for code in ("LWC", "HPC", "LWC"):
        clock.advance(hours=3)
        go(okafor, code)

    clock.advance(hours=2, minutes=59)
    assert okafor.is_signed_in()
    clock.advance(minutes=1)

    assert not okafor.is_signed_in()
