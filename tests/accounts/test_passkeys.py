"""This file is about passkeys in a real browser, with a device that Chromium plays."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from clinic.accounts.models import Passkey
from clinic.core.db import apart, db, job
from tests.accounts.browser import NURSE, bodies, trail
from tests.axe import faults
from tests.clock import Clock
from tests.conftest import LiveServer
from tests.factories import PASSWORD, make_clinic, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def browser_context_args(browser_context_args, live_server: LiveServer):
    """A passkey belongs to a name; a number of the network is none."""
    return browser_context_args | {"base_url": live_server.url.replace("127.0.0.1", "localhost")}


@pytest.fixture
def staffed(live_server: LiveServer) -> LiveServer:
    """A clinic that asks for a second step, and a nurse who has none yet."""
    with live_server.app.app_context(), job():
        make_clinic(second_factor_required=True, idle_minutes=600)
        make_user()
    return live_server


@pytest.fixture
def reader(context: BrowserContext, page: Page) -> str:
    """The reader of this device: it checks the finger, and says yes. Returns its id."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasResidentKey": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return str(made["authenticatorId"])


def give_password(page: Page, email: str = NURSE) -> None:
    """Fill in the sign-in page."""
    page.goto("/sign-in")
    page.get_by_label("Work email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def set_up(page: Page) -> None:
    """A passkey as the first second step."""
    give_password(page)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("Name").fill("My tablet")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_is_set_up_signs_in_and_proves_again(
    staffed: LiveServer, page: Page, reader: str, clock: Clock
) -> None:
    set_up(page)
    assert "You have no recovery codes." in page.content()
    page.locator(".c-user").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    give_password(page)
    expect(page.get_by_role("heading", name="Use your passkey")).to_be_visible()
    assert faults(page) == []
    page.goto("/account")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()  # the password alone
    give_password(page)
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", name="Use your passkey")).not_to_be_visible()
    before = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["session"]

    clock.advance(minutes=16)
    page.goto("/account/passkeys")
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("cell", name="My tablet")).to_be_visible()
    after = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["session"]
    assert before != after, "a proof gives a new id"
    assert faults(page) == []

    page.get_by_role("button", name="Take off").click()
    expect(page.get_by_text("This is your only second step.")).to_be_visible()
    with staffed.app.app_context(), apart(write=False) as session:
        (kept,) = session.scalars(select(Passkey))
        assert (kept.name, kept.transports, kept.sign_count) == ("My tablet", "internal", 3)
    assert kept.public_key not in bodies(staffed.app)
    assert trail(staffed.app, "sign-in") == ["sign-in", "sign-in"]


def test_an_answer_is_good_for_one_question_one_person_and_no_copy_of_a_key(
    staffed: LiveServer, page: Page, reader: str, clock: Clock
) -> None:
    set_up(page)
    page.context.clear_cookies()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else 0)
    give_password(page)
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", name="Use your passkey")).not_to_be_visible()
    answer = next(one for one in reversed(sent) if "credential=" in one)
    page.wait_for_load_state()
    page.context.clear_cookies()

    give_password(page)
    expect(page.get_by_role("button", name="Use the passkey")).to_be_visible()
    replayed = send(page, answer)
    assert "did not prove who you are" in replayed, "the answer to an earlier question"

    with staffed.app.app_context(), job():
        db.session.scalars(select(Passkey)).one().sign_count = 100
    page.goto("/sign-in/passkey")
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_text("did not prove who you are")).to_be_visible()  # it counts backwards
    assert trail(staffed.app, "wrong-proof") == ["wrong-proof", "wrong-proof"]


def send(page: Page, answer: str) -> str:
    """Send what a device said at another time, from the page that asks now."""
    script = """async (body) => {
      const fields = new URLSearchParams(body);
      fields.set("csrf_token", document.querySelector("[name=csrf_token]").value);
      return (await fetch(location.href, {method: "POST", body: fields})).text();
    }"""
    return str(page.evaluate(script, answer))
