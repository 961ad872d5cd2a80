"""This file is about a morning until she may leave: dosed, measured in every slot, asked."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from clinic.sessions.queries import plan_of
from tests.clock import Clock
from tests.desk import Desk
from tests.sessions.room import check_everything_before_the_dose, put, record

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
BORN = "1994-05-02"
NORMAL = {
    "kind": "observation",
    "systolic": 118,
    "diastolic": 76,
    "heart_rate": 72,
    "respiratory_rate": 14,
    "spo2": 98,
    "oxygen_l_min": 0,
    "moaas": 5,
    "dissociation": 0,
}


def moment(text: str) -> datetime:
    """A time of this morning in UTC."""
    hour, minute = map(int, text.split(":"))
    return NINE.replace(hour=hour, minute=minute)


@pytest.fixture
def tell(desk: Desk, clock: Clock, session_id: uuid.UUID) -> Callable[..., None]:
    """`tell("09:30", **entry)`: it happens, and is logged at that time."""

    def told(at: str, **says: object) -> None:
        clock.now = moment(at)
        answer = put(desk, session_id, effective_at=clock.now.isoformat(), **says)
        assert answer.status_code == 201, answer.text

    return told


@pytest.fixture
def observed(desk: Desk, clock: Clock, session_id: uuid.UUID, tell: Callable[..., None]) -> None:
    """Dosed at 09:30 and 09:35, every slot measured, everything asked at 11:30."""
    desk.reach(("observed", session_id), lambda: observe(desk, clock, session_id, tell))


def observe(desk: Desk, clock: Clock, session_id: uuid.UUID, tell: Callable[..., None]) -> None:
    """The same, entry by entry."""
    assert desk.post(f"/sessions/{session_id}/check-in", born_on=BORN).status_code == 303
    clock.now = moment("09:15")
    check_everything_before_the_dose(desk, session_id, clock.now.isoformat())
    tell("09:20", **NORMAL)
    for number, at in ((1, "09:30"), (2, "09:35")):
        lot = {"lot": "25K118", "expires_on": "2027-12-31", "outcome": "complete"}
        tell(at, kind="administration", event="device", device_number=number, **lot)
    for at in ("09:45", "10:00", "10:10", "10:30", "11:00", "11:30"):
        tell(at, **NORMAL)
    with record(desk.app, desk.somebody, session_id) as session:
        items = plan_of(session).discharge.items
    for item in items:
        tell("11:31", kind="check", item=item.code, answer=item.expected)
