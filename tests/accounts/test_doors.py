"""This file is about doors beside the door: strange addresses, missing tokens, other pages."""

import pytest

from tests.accounts.browser import NURSE, Browser
from tests.factories import PASSWORD

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_two_values_for_one_field_sign_in_nobody(visitor: Browser) -> None:
    response = visitor.post(
        "/sign-in", email=["nobody@clinic.example", NURSE], password=["x", PASSWORD]
    )

    assert response.status_code == 200
    assert not visitor.is_signed_in()


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/%09/evil.example",
        "/%0d%0a/evil.example",
        "/%5Cevil.example",
        "https://evil.example/",
        "%09//evil.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(visitor: Browser, target: str) -> None:
    """A24: open redirect, also by control characters."""
    shown = visitor.get(f"/sign-in?next={target}")
    response = visitor.sign_in(path=f"/sign-in?next={target}")

    assert shown.status_code == 200
    assert "evil" not in shown.text
    assert (response.status_code, response.location) == (302, "/")


@pytest.mark.parametrize("target", ["//evil.example", "/\t/evil.example", "/\\evil.example"])
def test_a_field_of_the_form_sends_nobody_elsewhere_either(visitor: Browser, target: str) -> None:
    response = visitor.post("/sign-in", email=NURSE, password=PASSWORD, next=target)

    assert (response.status_code, response.location) == (302, "/")


def test_signing_in_needs_the_token_of_the_page(visitor: Browser) -> None:
    visitor.get("/sign-in")

    response = visitor.send("/sign-in", {"email": NURSE, "password": PASSWORD})

    assert response.status_code == 400
    assert not visitor.is_signed_in()


def test_json_signs_nobody_in(visitor: Browser) -> None:
    token = visitor.get("/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]

    response = visitor.client.post(
        "/sign-in",
        json={"email": NURSE, "password": PASSWORD},
        headers={"X-CSRFToken": token},
    )

    assert response.status_code == 400
    assert not visitor.is_signed_in()


def test_signing_out_is_not_done_by_a_link(visitor: Browser) -> None:
    """A12: an action by link or without token."""
    visitor.sign_in()

    assert visitor.get("/sign-out").status_code == 405
    assert visitor.is_signed_in()


def test_signing_out_needs_the_token(visitor: Browser) -> None:
    visitor.sign_in()

    assert visitor.send("/sign-out", {}).status_code == 400
    assert visitor.is_signed_in()


@pytest.mark.parametrize(
    "path", ["/register", "/reset", "/confirm", "/login", "/logout", "/us-signin", "/wan-signin"]
)
def test_there_is_no_other_door(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status_code == 404
