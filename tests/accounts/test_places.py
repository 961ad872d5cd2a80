"""This file is about the top bar: one row, a menu for the rarer places, nothing out of bounds."""

import re

import pytest
from playwright.sync_api import Page, expect

from clinic.core.db import job
from clinic.core.permissions import GRANTS, PUBLIC, Role, needed
from tests.axe import faults
from tests.factories import make_clinic, make_user
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

BAR = re.compile(r'<header class="c-nav">.*?</header>', re.S)
ADDRESS = re.compile(r'(?:href|action)="(/[^"?#]*)')


@pytest.mark.parametrize("role", Role)
def test_a_bar_leads_nowhere_that_is_refused(app, signed_in, role) -> None:
    bar = BAR.search(signed_in(role).get("/protocols").text)

    assert bar
    match = app.url_map.bind("localhost").match
    for address in ADDRESS.findall(bar.group()):
        method = "POST" if address in ("/sign-out",) else "GET"
        permission = needed(app, match(address, method=method)[0])
        assert permission == PUBLIC or permission in GRANTS[role], address


def test_a_psychiatrists_bar_is_one_row_and_its_menu_opens_by_key(
    page: Page, app, live_server
) -> None:
    with app.app_context(), job():
        make_clinic(name="Harbour Perinatal Clinic")
        make_user(role=Role.PSYCHIATRIST, full_name="Dr Chidi Okafor")
    sign_in_on(page, "psychiatrist@clinic.example")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/settings/scales")

    assert page.locator(".c-nav").evaluate("bar => bar.offsetHeight") == 56
    more = page.locator(".c-places > summary")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Duties")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Duties")).to_be_hidden()
