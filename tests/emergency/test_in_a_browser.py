"""This file is about emergency access in a real browser: the form, her page, and axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.axe import faults
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_an_administrator_opens_a_record_and_closes_it(page: Page, live_server, maya) -> None:
    sign_in_on(page, "administrator@clinic.example")
    page.goto("/emergency")
    page.get_by_label("Patient number").fill("P-1001")
    page.get_by_label("Why you need it now").fill("She collapsed, nobody else is in the house.")
    assert faults(page) == []

    page.get_by_role("button", name="Open the record").click()

    expect(page.get_by_role("heading", name="Maya Osei")).to_be_visible()
    expect(page.get_by_text("You read this record beyond your role")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Close the record").click()
    expect(page.get_by_text("The record is closed.")).to_be_visible()
    assert page.goto(f"/patients/{maya}").status == 403
