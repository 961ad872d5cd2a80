"""This file is about the page of one's own account: where I am signed in, and my password."""

import re

import pytest
from flask import Flask

from tests.accounts.browser import A_PAGE, Browser, rows, trail
from tests.clock import Clock
from tests.factories import PASSWORD

NEW = "seven purple lanterns drift"
END = re.compile(r'action="(/account/browsers/[0-9a-f-]{36}/end)"')


@pytest.fixture
def other(clinic_app: Flask, visitor: Browser, clock: Clock) -> Browser:
    """Another browser of the same person; both are signed in."""
    visitor.sign_in()
    clock.advance(minutes=3)
    other = Browser(clinic_app)
    other.sign_in()
    return other


def test_the_page_says_who_i_am_and_where_i_am_signed_in(visitor: Browser, other: Browser) -> None:
    page = visitor.get("/account").text

    assert "nurse@clinic.example" in page
    assert "Nurse at Harbour Clinic" in page
    assert len(END.findall(page)) == 2
    assert page.count("this browser") == 1
    assert "Thu 12 Mar 2026, 09:03" in page


def test_i_end_another_browser_of_mine(visitor: Browser, other: Browser) -> None:
    links = END.findall(visitor.get("/account").text)
    other_row = rows(visitor.app)[-1]
    (link,) = [link for link in links if str(other_row.id) in link]

    response = visitor.post(link, page="/account")

    assert response.location == "/account"
    assert visitor.is_signed_in()
    assert not other.is_signed_in()
    assert trail(visitor.app, "end-sitting") == ["end-sitting"]


def test_i_end_this_browser(visitor: Browser, other: Browser) -> None:
    own_row = next(row for row in rows(visitor.app) if row.user_id)

    response = visitor.post(f"/account/browsers/{own_row.id}/end", page="/account")

    assert response.location == "/sign-in"
    assert not visitor.is_signed_in()
    assert other.is_signed_in()


def test_nobody_ends_the_browser_of_somebody_else(visitor: Browser, other: Browser) -> None:
    stranger = Browser(visitor.app)
    stranger.sign_in("psychiatrist@clinic.example")
    hers = next(row for row in rows(visitor.app) if row.user_id)

    response = stranger.post(f"/account/browsers/{hers.id}/end", page="/account")

    assert response.status_code == 404
    assert visitor.is_signed_in()


def change(visitor: Browser, now: str = PASSWORD, new: str = NEW, again: str = NEW) -> str:
    """Fill in the page; what it answers, or where it leads."""
    response = visitor.post(
        A_PAGE, page=A_PAGE, password=now, new_password=new, new_password_confirm=again
    )
    return response.location or response.text


def test_a_new_password_ends_every_other_sitting_and_renews_this_one(
    visitor: Browser, other: Browser
) -> None:
    stolen = visitor.cookie

    assert change(visitor) == "/account"

    assert visitor.is_signed_in()
    assert not other.is_signed_in()
    thief = Browser(visitor.app)
    thief.cookie = stolen
    assert not thief.is_signed_in()
    assert len([row for row in rows(visitor.app) if row.user_id and not row.ended_at]) == 1
    assert trail(visitor.app, "change-password") == ["change-password"]


def test_the_old_password_no_longer_opens_and_the_new_one_does(
    visitor: Browser, other: Browser
) -> None:
    change(visitor)

    assert Browser(visitor.app).sign_in().status_code == 200
    assert Browser(visitor.app).sign_in(password=NEW).status_code == 302


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("now", "new", "again", "said"),
    [
        ("not the password", NEW, NEW, "The password you have now is not right. 4 tries left"),
        ("", NEW, NEW, "Enter the password you have now."),
        (PASSWORD, "short", "short", "Use 15 to 128 characters"),
        (PASSWORD, "password1234567", "password1234567", "This is easy to guess."),
        (PASSWORD, NEW, "something else entirely", "The two new passwords differ."),
        (PASSWORD, PASSWORD, PASSWORD, "Choose another password than the one now."),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    visitor: Browser, now: str, new: str, again: str, said: str
) -> None:
    visitor.sign_in()

    assert said in change(visitor, now, new, again)

    assert Browser(visitor.app).sign_in().status_code == 302


def test_a_new_password_that_will_not_do_costs_no_try(visitor: Browser) -> None:
    visitor.sign_in()
    for _ in range(6):
        change(visitor, new="short", again="short")

    assert change(visitor) == "/account"


def test_the_password_once_more_gives_a_new_id(visitor: Browser) -> None:
    visitor.sign_in()
    before = visitor.cookie
    page = "/account/password-again"

    response = visitor.post(page, page=page, password=PASSWORD)

    assert response.status_code == 302
    assert visitor.cookie != before
    assert visitor.is_signed_in()
