"""This file is about the page of sign-in as a password manager and an attacker see it."""

import pytest
from flask import Flask

from clinic.core.db import job
from tests.accounts.browser import NURSE, Browser
from tests.factories import make_clinic, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LONG = "Quiet lantern, " * 8  # 120 characters


def test_a_password_is_hidden_pasted_and_taken_whole(app: Flask) -> None:
    """ASVS 6.2.6 to 6.2.9, 6.4.2: no cut at 64 characters or 72 bytes, no change of case."""
    with app.app_context(), job():
        make_clinic()
        make_user(password=LONG)
    browser = Browser(app)
    page = browser.get("/sign-in").text

    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "question" not in page.lower()
    for wrong in (LONG[:64], LONG[:-1], LONG[:72], LONG.lower()):
        browser = Browser(app, address=f"192.0.2.{len(wrong)}")
        browser.sign_in(NURSE, wrong)
        assert not browser.is_signed_in(), wrong
    browser.sign_in(NURSE, LONG)
    assert browser.is_signed_in()
