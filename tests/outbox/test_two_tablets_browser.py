"""Two tablets on one session in real Chromium: without a connection, a reload, a closed tab."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.sessions.models import LogEntry
from tests.conftest import LiveServer
from tests.factories import make_user
from tests.outbox.tablet import Tablet
from tests.sessions.story import NURSE, Morning, morning

__all__ = ["morning"]

pytestmark = pytest.mark.journey
SECOND = "tom@clinic.example"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With the service worker."""
    return browser_context_args | {"service_workers": "allow"}


@pytest.fixture
def tablets(
    morning: Morning, live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> tuple[Tablet, ...]:
    """Aiko's and Tom's, both with the page of the same session; she is checked in."""
    morning.check_in()
    with morning.app.app_context(), job():
        make_user(full_name="Tom Reilly", email=SECOND)
    both = tuple(Tablet(new_context(), email, morning.address) for email in (NURSE, SECOND))
    for tablet in both:
        tablet.opens()
    return both


def notes(morning: Morning) -> list[tuple[str, str]]:
    """(author, words) of every note on the server, in order of arrival."""
    with morning.app.app_context(), act_as(morning.acting):
        rows = db.session.scalars(
            select(LogEntry).where(LogEntry.kind == "note").order_by(LogEntry.log_seq)
        )
        found = [(str(row.author_id), row.said()["text"]) for row in rows]
        db.session.rollback()
    return found


def test_two_tablets_without_a_connection_lose_nothing_double_nothing_and_keep_the_order(
    tablets: tuple[Tablet, ...], morning: Morning
) -> None:
    aiko, tom = tablets
    for tablet in tablets:
        tablet.context.set_offline(True)

    aiko.writes("a1", "a2", "a3")
    tom.writes("t1", "t2", "t3")
    aiko.says("3 entries kept on this tablet")
    expect(aiko.page.locator("[data-outbox-banner]")).to_contain_text("No connection since")
    aiko.page.reload()
    aiko.says("3 entries kept on this tablet")
    aiko.writes("a4", "a5")
    tom.comes_back()
    tom.says("3 entries kept on this tablet")
    tom.writes("t4")
    assert notes(morning) == []

    for tablet in tablets:
        tablet.context.set_offline(False)
    for tablet in tablets:
        tablet.says("All saved")

    found = notes(morning)
    assert len({author for author, _ in found}) == 2
    assert [words for _, words in found if words[0] == "a"] == ["a1", "a2", "a3", "a4", "a5"]
    assert [words for _, words in found if words[0] == "t"] == ["t1", "t2", "t3", "t4"]
    assert aiko.page.evaluate("clinicOutbox.kept().then((rows) => rows.length)") == 0

    tom.writes("seen by Aiko")
    log = aiko.page.locator("#live-log")
    expect(log).to_contain_text("seen by Aiko", timeout=5000)
