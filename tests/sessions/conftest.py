"""This file is about what tests of sessions share: a nurse and a session of this morning."""

import uuid
from datetime import UTC, datetime

import pytest

from clinic.core.db import new_id
from tests.clock import Clock
from tests.desk import Desk, desk, somebody, stranger
from tests.sessions.room import planned_session, put

__all__ = ["desk", "somebody", "stranger"]

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def session_id(desk: Desk) -> uuid.UUID:
    """Planned for 09:00, esketamine 56 mg; nobody has arrived."""
    return desk.reach("planned", lambda: planned_session(desk.app, desk.somebody, NINE))


@pytest.fixture
def arrived(desk: Desk, session_id: uuid.UUID, clock: Clock) -> uuid.UUID:
    """The same, checked in at 09:00; it is 09:10."""
    says = {"effective_at": "2026-03-12T09:00:00+00:00", "event": "checked-in"}
    says |= {"kind": "transition", "text": "Date of birth agrees with the record"}

    def check_in() -> None:
        answer = put(desk, session_id, new_id(), **says)
        assert answer.status_code == 201, answer.text

    desk.reach(("arrived", session_id), check_in)
    clock.now = datetime(2026, 3, 12, 9, 10, tzinfo=UTC)
    return session_id
