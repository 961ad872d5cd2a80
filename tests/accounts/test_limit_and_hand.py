"""This file is about two settings: sessions per nurse, and the hand that types on a tablet."""

import pytest
from flask import Flask

from clinic.core.db import job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser, trail
from tests.factories import make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def administrator(clinic_app: Flask) -> Browser:
    with clinic_app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, email="marta@clinic.example")
    browser = Browser(clinic_app)
    browser.sign_in("marta@clinic.example")
    return browser


def keep(browser: Browser, most: str, version: str = "1") -> object:
    return browser.post("/duties/limit", page="/duties/limit", most=most, version=version)


def test_an_administrator_sets_the_limit_and_everybody_reads_it(
    administrator: Browser, visitor: Browser
) -> None:
    visitor.sign_in()
    assert "Not set by this clinic." in visitor.get("/duties").text

    answer = keep(administrator, "3")

    assert answer.status_code == 303
    assert 'At most <b class="b">3</b>.' in visitor.get("/duties").text
    assert "Set a limit" not in visitor.get("/duties").text
    assert visitor.get("/duties/limit").status_code == 403
    assert "update" in trail(administrator.app, "update")


@pytest.mark.parametrize("typed", ["0", "21", "2.5", "many"])
def test_a_limit_that_cannot_be_is_refused_and_what_was_typed_stays(
    administrator: Browser, typed: str
) -> None:
    answer = keep(administrator, typed)

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert "between 1 and 20" in answer.text


def test_an_old_page_changes_nothing_and_an_empty_field_takes_the_limit_away(
    administrator: Browser,
) -> None:
    assert keep(administrator, "3").status_code == 303
    assert keep(administrator, "9", version="1").status_code == 409
    assert keep(administrator, "", version="2").status_code == 303
    assert "Not set by this clinic." in administrator.get("/duties").text


def test_the_hand_is_kept_with_the_person(visitor: Browser) -> None:
    visitor.sign_in()

    answer = visitor.post("/account/hand", page="/account", hand="left")

    assert answer.location == "/account"
    assert 'value="left" aria-pressed="true"' in visitor.get("/account").text
    again = Browser(visitor.app)
    again.sign_in()
    assert 'value="left" aria-pressed="true"' in again.get("/account").text
    assert visitor.post("/account/hand", page="/account", hand="both").status_code == 404
