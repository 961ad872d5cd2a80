"""Two tablets, 200 entries, a network that fails in every way, a server killed ten times."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext
from sqlalchemy import select

from clinic.core.acting import Acting, act_as
from clinic.core.clock import system_clock
from clinic.core.db import apart, db, job
from clinic.core.permissions import Role
from clinic.core.verify import Break, verify
from clinic.sessions.actions import check_in, plan_session
from clinic.sessions.models import LogEntry
from tests.clock import Clock
from tests.factories import acting_as, make_clinic, make_patient, make_user
from tests.outbox.bad_network import FAULTS, BadNetwork
from tests.outbox.serving import QuickServer
from tests.outbox.tablet import Tablet
from tests.sessions.room import ready_course

pytestmark = pytest.mark.journey
EACH, KILLS = 100, 10
# Writes each note as a person would, one after the other; the browser says "online" all the time.
WRITE_ALL = """async (all) => {
  setInterval(() => window.dispatchEvent(new Event('online')), 300);
  document.addEventListener('clinic:kept', (event) => event.preventDefault());
  const form = document.querySelector('form[data-entry="note"]');
  for (const words of all) {
    const kept = new Promise((resolve) => {
      document.addEventListener('clinic:kept', resolve, { once: true });
    });
    form.elements.text.value = words;
    form.requestSubmit();
    await kept;
  }
}"""


@dataclass
class Place:
    """Who works where, through which network."""

    nurses: list[Acting]
    session_id: uuid.UUID
    server: QuickServer
    network: BadNetwork


@pytest.fixture
def live_server() -> None:
    """The server of this test is another one."""


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    """Addresses are given in full."""
    return {"viewport": {"width": 1180, "height": 820}, "service_workers": "block"}


@pytest.fixture
def place(app: Flask, clock: Clock, database_uri: str) -> Iterator[Place]:
    """Two nurses and a woman whose session began a minute ago."""
    clock.now = system_clock().replace(second=0, microsecond=0) - timedelta(minutes=1)
    with app.app_context(), job():
        clinic = make_clinic()
        people = [
            make_user(role=Role.NURSE, email=f"nurse{number}@clinic.example") for number in range(2)
        ]
        nurses = [acting_as(person, clinic) for person in people]
    session_id = arrived(app, nurses[0], clock)
    server = QuickServer(database_uri)
    server.start()
    network = BadNetwork(server.port, seed=20260312)
    yield Place(nurses, session_id, server, network)
    network.close()
    server.close()


def arrived(app: Flask, nurse: Acting, clock: Clock) -> uuid.UUID:
    """A session whose woman is checked in now."""
    with app.app_context(), act_as(nurse), job():
        patient = make_patient()
        session = plan_session(
            ready_course(patient.id),
            planned_at=clock.now,
            room="1",
            ordered_dose=Decimal(56),
            ordered_by_id=nurse.actor_id,
        )
        check_in(session.id, born_on=patient.born_on)
        return session.id


def test_200_entries_of_two_tablets_arrive_once_and_in_order_through_a_bad_network_and_ten_kills(
    app: Flask, place: Place, new_context: Callable[..., BrowserContext]
) -> None:
    address = f"http://127.0.0.1:{place.network.port}"
    tablets = [
        Tablet(
            new_context(base_url=address),
            f"nurse{n}@clinic.example",
            f"/sessions/{place.session_id}",
        )
        for n in range(2)
    ]
    for number, tablet in enumerate(tablets):
        tablet.page.route("**/live", lambda route: route.abort())  # looking on is no part of this
        tablet.page.goto(tablet.address)
        tablet.says("All saved")
        words = [f"{number}-{n:03}" for n in range(EACH)]
        tablet.page.evaluate(f"(all) => {{ ({WRITE_ALL})(all); }}", words)

    for kill in range(KILLS):
        wait_until_saved(place, tablets, (kill + 1) * 2 * EACH // (KILLS + 1))
        place.server.kill()
        tablets[kill % 2].context.set_offline(True)
        place.server.start()
        tablets[kill % 2].context.set_offline(False)
    for tablet in tablets:
        tablet.says("All saved")

    notes = stored(app, place.nurses[0])
    assert place.server.kills == KILLS
    assert all(place.network.befell[fault] for fault in FAULTS), place.network.befell
    for number, nurse in enumerate(place.nurses):
        mine = [words for author, words in notes if author == nurse.actor_id]
        assert mine == [f"{number}-{n:03}" for n in range(EACH)]
    assert len(notes) == 2 * EACH
    assert not breaks(app)


def wait_until_saved(place: Place, tablets: list[Tablet], number: int) -> None:
    """Until the server has said "saved" so often."""
    for _ in range(2000):
        if place.network.befell["saved"] >= number:
            return
        tablets[0].page.wait_for_timeout(10)
    raise AssertionError(f"stuck: {place.network.befell}")


def stored(app: Flask, nurse: Acting) -> list[tuple[uuid.UUID, str]]:
    """(author, words) of each note, in the order of arrival."""
    with app.app_context(), act_as(nurse):
        rows = db.session.scalars(select(LogEntry).order_by(LogEntry.log_seq)).all()
        assert [row.log_seq for row in rows] == list(range(1, len(rows) + 1))
        found = [(row.author_id, row.said()["text"]) for row in rows if row.kind == "note"]
        db.session.rollback()
    return found


def breaks(app: Flask) -> list[Break]:
    """Where the chain of the trail is broken."""
    with app.app_context(), apart(write=False) as reading:
        return [link for link in verify(reading.connection()) if isinstance(link, Break)]
