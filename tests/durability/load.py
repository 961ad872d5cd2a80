"""This file is about tablets that log while something happens to the server, and what was kept."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

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
from tests.durability.tablet import Tablet
from tests.factories import acting_as, make_clinic, make_patient, make_user
from tests.sessions.room import ready_course


@dataclass(frozen=True)
class Ward:
    """Nurses of one clinic, and sessions planned for the present."""

    nurses: list[Acting]
    session_ids: list[uuid.UUID]


@dataclass(frozen=True)
class Kept:
    """What is there afterwards, beside what was acknowledged."""

    acknowledged: int
    lost: int
    doubled: int
    never_acknowledged: int
    gaps: int
    breaks: int

    @property
    def whole(self) -> bool:
        """Every entry once, in one chain that holds."""
        return not (self.lost or self.doubled or self.gaps or self.breaks)


def make_ward(app: Flask, clock: Clock, nurses: int, sessions: int) -> Ward:
    """So many nurses, and so many sessions for all of them together."""
    clock.now = system_now()
    with app.app_context(), job():
        clinic = make_clinic()
        people = [
            make_user(role=Role.NURSE, email=f"nurse{number}@clinic.example")
            for number in range(nurses)
        ]
        actors = [acting_as(person, clinic) for person in people]
    with app.app_context(), act_as(actors[0]), job():
        course = ready_course(make_patient().id)
        return Ward(actors, [planned(course, actors[0], clock, room) for room in range(sessions)])


def planned(course: object, nurse: Acting, clock: Clock, room: int) -> uuid.UUID:
    """A session in a room of its own."""
    return plan_session(
        course,  # type: ignore[arg-type]
        planned_at=clock.now,
        room=str(room),
        ordered_dose=Decimal(56),
        ordered_by_id=nurse.actor_id,
    ).id


@dataclass
class Logging:
    """Tablets at work, each in a thread of its own."""

    tablets: list[Tablet]
    threads: list[threading.Thread]
    in_all: int
    failures: list[BaseException] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """Entries acknowledged so far."""
        return sum(len(tablet.acknowledged) for tablet in self.tablets)

    @property
    def refusals(self) -> list[str]:
        """What was said so far to those who could not save."""
        return [words for tablet in self.tablets for words in tablet.refusals]

    def is_refused(self) -> None:
        """Wait until another entry is refused."""
        before = len(self.refusals)
        while len(self.refusals) == before:
            assert any(thread.is_alive() for thread in self.threads), self.failures
            threading.Event().wait(0.01)

    def reaches(self, number: int) -> None:
        """Wait until so many entries are acknowledged."""
        while self.acknowledged < number:
            assert any(thread.is_alive() for thread in self.threads), self.failures
            threading.Event().wait(0.01)

    def ends(self) -> set[uuid.UUID]:
        """Wait for the last entry. Gives the ids of all that were acknowledged."""
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]
        sent = {entry_id for tablet in self.tablets for entry_id in tablet.acknowledged}
        assert len(sent) == self.in_all
        return sent


@contextmanager
def logging(port: int, ward: Ward, entries_each: int, at: str | None = None) -> Iterator[Logging]:
    """A tablet for each nurse; each session gets a check-in and readings.

    `at`: the time that every entry bears; without it the tablet's own.
    """
    count = len(ward.nurses)
    tablets = [Tablet(port, f"nurse{number}@clinic.example") for number in range(count)]
    work = Logging(tablets, [], len(ward.session_ids) * entries_each)
    work.threads += [
        threading.Thread(
            target=logs, args=(work, tablet, ward.session_ids[number::count], entries_each, at)
        )
        for number, tablet in enumerate(tablets)
    ]
    for thread in work.threads:
        thread.start()
    yield work
    for thread in work.threads:
        thread.join()


def logs(
    work: Logging, tablet: Tablet, session_ids: list[uuid.UUID], each: int, when: str | None
) -> None:
    """What one tablet does; what goes wrong is said at the end."""
    try:
        for session_id in session_ids:
            at = when or system_now().isoformat()
            words = {"event": "checked-in", "text": "Date of birth agrees with the record"}
            tablet.send(session_id, new_id(), {"kind": "transition", "effective_at": at, **words})
            for number in range(each - 1):
                reading = {"systolic": 110 + number, "diastolic": 70, "heart_rate": 70 + number % 9}
                says = {"kind": "observation", "effective_at": at, **reading}
                tablet.send(session_id, new_id(), says)
    except BaseException as failure:  # a thread would swallow it
        work.failures.append(failure)


def kept(app: Flask, somebody: Acting, sent: set[uuid.UUID]) -> Kept:
    """Count what is there, and walk the trail."""
    with app.app_context(), act_as(somebody):
        stored = list(db.session.scalars(select(LogEntry.id)))
        highest = db.session.scalar(select(func.max(LogEntry.log_seq))) or 0
        db.session.rollback()
    with app.app_context(), apart(write=False) as reading:
        found = list(verify(reading.connection()))
    assert found
    return Kept(
        acknowledged=len(sent),
        lost=len(sent - set(stored)),
        doubled=len(stored) - len(set(stored)),
        never_acknowledged=len(set(stored) - sent),
        gaps=highest - len(stored),
        breaks=len([link for link in found if isinstance(link, Break)]),
    )


def system_now() -> datetime:
    """This machine's present minute: the server in its own process knows no other clock."""
    return system_clock().replace(second=0, microsecond=0) - timedelta(minutes=1)
