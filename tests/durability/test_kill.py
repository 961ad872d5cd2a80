"""Killed ten times while four tablets log a thousand entries: nothing acknowledged is lost."""

import threading
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic.core.acting import Acting, act_as
from clinic.core.clock import system_clock
from clinic.core.db import apart, db, job, new_id
from clinic.core.permissions import Role
from clinic.core.verify import Break, verify
from clinic.sessions.actions import plan_session
from clinic.sessions.models import LogEntry
from tests.clock import Clock
from tests.durability.server import KillableServer
from tests.durability.tablet import Tablet
from tests.factories import acting_as, make_clinic, make_patient, make_user
from tests.sessions.room import ready_course

TABLETS, SESSIONS_EACH, ENTRIES_EACH, KILLS = 4, 10, 25, 10
IN_ALL = TABLETS * SESSIONS_EACH * ENTRIES_EACH


@pytest.fixture
def nurses(app: Flask) -> list[Acting]:
    """Four nurses of one clinic."""
    with app.app_context(), job():
        clinic = make_clinic()
        people = [
            make_user(role=Role.NURSE, email=f"nurse{number}@clinic.example")
            for number in range(TABLETS)
        ]
        return [acting_as(person, clinic) for person in people]


@pytest.fixture
def session_ids(app: Flask, nurses: list[Acting], clock: Clock) -> list[uuid.UUID]:
    """Forty sessions planned for the present."""
    clock.now = system_now()
    with app.app_context(), act_as(nurses[0]), job():
        patient = make_patient()
        course = ready_course(patient.id)
        return [
            plan_session(
                course,
                planned_at=clock.now,
                room=str(number),
                ordered_dose=Decimal(56),
                ordered_by_id=nurses[0].actor_id,
            ).id
            for number in range(TABLETS * SESSIONS_EACH)
        ]


@pytest.fixture
def server(database_uri: str) -> Iterator[KillableServer]:
    """The real server on this test's database."""
    running = KillableServer(database_uri)
    running.start()
    yield running
    running.close()


def test_a_server_killed_ten_times_keeps_every_acknowledged_entry_once(
    app: Flask, server: KillableServer, session_ids: list[uuid.UUID], nurses: list[Acting]
) -> None:
    tablets = [Tablet(server.port, f"nurse{number}@clinic.example") for number in range(TABLETS)]
    workers = [
        threading.Thread(target=log_sessions, args=(tablet, session_ids[number::TABLETS]))
        for number, tablet in enumerate(tablets)
    ]

    for worker in workers:
        worker.start()
    for kill in range(KILLS):
        wait_for(tablets, (kill + 1) * IN_ALL // (KILLS + 1), workers)
        server.kill()
        server.start()
    for worker in workers:
        worker.join()

    sent = {entry_id for tablet in tablets for entry_id in tablet.acknowledged}
    assert len(sent) == IN_ALL
    with app.app_context(), act_as(nurses[0]):
        stored = db.session.scalars(select(LogEntry.id)).all()
        highest = db.session.scalar(select(func.max(LogEntry.log_seq)))
        db.session.rollback()
    assert sorted(stored) == sorted(sent)
    assert highest == IN_ALL, "the log's numbers have a gap"
    with app.app_context(), apart(write=False) as reading:
        found = list(verify(reading.connection()))
    assert found
    assert not [link for link in found if isinstance(link, Break)]


def log_sessions(tablet: Tablet, session_ids: list[uuid.UUID]) -> None:
    """A check-in and readings for each of a tablet's sessions."""
    for session_id in session_ids:
        at = system_now().isoformat()
        words = {"event": "checked-in", "text": "Date of birth agrees with the record"}
        tablet.send(session_id, new_id(), {"kind": "transition", "effective_at": at, **words})
        for number in range(ENTRIES_EACH - 1):
            reading = {"systolic": 110 + number, "diastolic": 70, "heart_rate": 70 + number % 9}
            tablet.send(
                session_id, new_id(), {"kind": "observation", "effective_at": at, **reading}
            )


def wait_for(tablets: list[Tablet], number: int, workers: list[threading.Thread]) -> None:
    """Until so many entries are acknowledged."""
    while sum(len(tablet.acknowledged) for tablet in tablets) < number:
        assert any(worker.is_alive() for worker in workers), "the tablets gave up"
        threading.Event().wait(0.01)


def system_now() -> datetime:
    """This machine's present minute: the server in its own process knows no other clock."""

    return system_clock().replace(second=0, microsecond=0) - timedelta(minutes=1)
