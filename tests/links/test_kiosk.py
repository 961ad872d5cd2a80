"""This file is about the clinic's tablet in her hands: her form opens, everything else is shut."""

import json
import re

import pytest
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db
from clinic.instruments.models import AnsweredBy, Way
from clinic.instruments.queries import responses_of
from clinic.links.models import PrivateLink
from tests.accounts.browser import Browser
from tests.accounts.tablet import enrolled, id_of, staff_with_pins
from tests.links.room import Phone, words
from tests.sign_in import TOKEN, sign_in

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NURSE = "nurse@clinic.example"


@pytest.fixture
def tablet(app, course_id) -> Browser:
    """An enrolled tablet at which the nurse is signed in."""
    staff_with_pins(app)
    tablet = enrolled(app)
    tablet.sign_in(NURSE)
    return tablet


@pytest.fixture
def hers(app, tablet, course_id, somebody) -> Phone:
    """The same tablet, handed to her with the PHQ-9."""
    page = f"/courses/{course_id}/links"
    token = TOKEN.search(tablet.client.get(page).text)[1]
    fields = {"part": "scale:PHQ9::day-14", "way": "tablet", "csrf_token": token}
    answer = tablet.client.post(page, data=fields)
    assert answer.status_code == 303, words(answer)
    hers = Phone(app, answer.location.removeprefix("/a/"), tablet.client)
    hers.open()
    return hers


def addresses(app, course_id) -> list[str]:
    """Every page of the program that takes no id, and one that does."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    plain = [rule.rule for rule in rules if not rule.arguments]
    return [*plain, f"/courses/{course_id}", f"/courses/{course_id}/links"]


def test_every_other_address_leads_back_to_her_form(app, hers, course_id) -> None:
    shut = [
        where
        for where in addresses(app, course_id)
        if hers.client.get(where).location == hers.beginning
    ]

    assert {"/", "/board", "/patients", "/protocols", f"/courses/{course_id}"} <= set(shut)
    open_ones = set(addresses(app, course_id)) - set(shut)
    assert {where.partition("/")[2].partition("/")[0].partition("-")[0] for where in open_ones} <= {
        *("healthz", "sign", "switch", "two", "recovery", "mf", "tf")
    }, open_ones
    for where in open_ones:
        assert "Osei" not in hers.client.get(where).text, where


def test_a_script_a_form_and_the_api_are_refused(app, hers, course_id) -> None:
    token = TOKEN.search(hers.page.text)[1]
    headers = {"X-CSRFToken": token}

    asked = hers.client.get("/board/rows", headers={"Accept": "application/json"})
    part = hers.client.get("/board", headers={"HX-Request": "true"})
    sent = hers.client.post(f"/courses/{course_id}/links", data={"csrf_token": token})
    put = hers.client.put(
        f"/sessions/{course_id}/entries/{course_id}",
        data=json.dumps({}),
        headers=headers,
        content_type="application/json",
    )

    assert [one.status_code for one in (asked, part, sent, put)] == [403, 403, 403, 403]


def test_another_tab_and_another_link_are_shut_too(app, hers, work, somebody, link_id) -> None:
    other = Phone(app, link_id, hers.client)

    assert hers.client.get(other.beginning).location == hers.beginning
    assert hers.client.get("/a/" + "A" * 43).location == hers.beginning
    assert hers.client.get(f"{hers.beginning}x").location == hers.beginning


def test_her_form_opens_on_that_tablet_alone_and_without_a_date_of_birth(app, hers) -> None:
    elsewhere = Phone(app, hers.beginning.removeprefix("/a/"))

    assert "This link has ended" in words(elsewhere.open())
    assert "Little interest" in words(hers.press("/begin"))


def test_her_answers_are_her_own_on_the_clinics_tablet(app, hers, somebody, course_id) -> None:
    hers.press("/begin")
    hers.answer_all(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

    assert "Please hand the tablet back." in words(hers.page)
    assert hers.client.get("/board").location == hers.beginning
    with app.app_context(), act_as(somebody):
        (use,) = responses_of(course_id)
        assert use.response.way is Way.TABLET
        assert use.response.answered_by is AnsweredBy.PATIENT
        link = db.session.scalars(select(PrivateLink)).one()
        assert (link.sent_by_id, use.response.author_id) == (id_of(NURSE), link.patient_id)


def test_a_pin_of_the_staff_takes_the_tablet_back(hers, tablet, app) -> None:
    assert "For staff: take the tablet back" in words(hers.page)

    wrong = take_back(tablet, app, "9173")
    assert wrong.status_code == 422
    assert tablet.client.get("/board").location == hers.beginning

    assert take_back(tablet, app, "4817").status_code == 303
    assert tablet.client.get("/board").status_code == 200
    assert "This link has ended" in words(hers.open())


def take_back(tablet: Browser, app, pin: str):
    """Choose the nurse's face and enter a PIN."""
    token = TOKEN.search(tablet.client.get("/switch").text)[1]
    with app.app_context():
        fields = {"user_id": str(id_of(NURSE)), "pin": pin, "csrf_token": token}
    return tablet.client.post("/switch", data=fields)


def test_on_a_machine_that_is_no_tablet_the_password_takes_it_back(
    app, course_id, somebody
) -> None:

    client = sign_in(app.test_client(), NURSE)
    page = f"/courses/{course_id}/links"
    fields = {
        "part": "scale:GAD7",
        "way": "tablet",
        "csrf_token": TOKEN.search(client.get(page).text)[1],
    }
    where = client.post(page, data=fields).location
    assert client.get("/protocols").location == where
    assert 'href="/sign-in"' in client.get(where).text

    sign_in(client, NURSE)

    assert client.get("/protocols").status_code == 200


def test_a_service_worker_forgets_the_pages_of_the_staff(hers) -> None:
    assert hers.page.headers["Clinic-Owner"] == "handed"
    assert not re.search(r"outbox|sw\.js", hers.page.text)
