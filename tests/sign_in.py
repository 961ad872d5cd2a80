"""This file is about signing in as people do: with the form of the page."""

import re

from flask.testing import FlaskClient
from playwright.sync_api import Page

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


def sign_in_on(page: Page, email: str, password: str = PASSWORD) -> None:
    """In a real browser, whose page need not be drawn for it: journeys do that."""
    found = TOKEN.search(page.request.get("/sign-in").text())
    assert found, "the sign-in page has a form with a token"
    fields = {"email": email, "password": password, "csrf_token": found.group(1)}
    answer = page.request.post("/sign-in", form=fields, max_redirects=0)
    assert answer.status in (302, 303), "the sign-in page let nobody in"
