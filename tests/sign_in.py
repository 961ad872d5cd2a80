"""This file is about signing in as people do: through the page."""

import re
from typing import Any

from flask.testing import FlaskClient

from tests.factories import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def token_of(client: FlaskClient, page: str = "/sign-in") -> str:
    """The token that the forms of a page carry."""
    found = TOKEN.search(client.get(page).text)
    assert found, f"{page} has a form with a token"
    return found.group(1)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> FlaskClient:
    """Fill in the sign-in page. Returns the client, signed in."""
    fields = {"email": email, "password": password, "csrf_token": token_of(client)}
    response = client.post("/sign-in", data=fields)
    assert response.status_code in (302, 303), "the sign-in page let nobody in"
    return client


def sign_in_on(page: Any, email: str, password: str = PASSWORD) -> None:
    """The same in a real browser, on a page of Playwright's."""
    page.goto("/sign-in")
    page.get_by_label("Work email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
