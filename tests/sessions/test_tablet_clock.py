"""A38: a tablet whose clock is off by more than five minutes is said beside what it wrote."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from clinic.sessions.rules.log import Note
from clinic.sessions.rules.tablet_clock import clock_off
from tests.sessions.room import put

WRITTEN = datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
MOST = timedelta(minutes=5)


def named(at: datetime) -> uuid.UUID:
    """An id of this moment."""
    return uuid.UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | 1)


def note(off: timedelta | None, *, waited: int = 0, transcribed: bool = False) -> Note:
    """A note of a tablet whose clock was so far behind, heard after so many minutes."""
    return Note(
        id=named(WRITTEN),
        session_id=uuid.UUID(int=1),
        effective_at=WRITTEN,
        recorded_at=WRITTEN + timedelta(minutes=waited),
        author_id=uuid.UUID(int=2),
        log_seq=1,
        device_at=None if off is None else WRITTEN - off,
        transcribed=transcribed,
        text="Calm",
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (300, ""),
        (301, "tablet’s clock 5 min behind"),
        (720, "tablet’s clock 12 min behind"),
        (-300, ""),
        (-301, "tablet’s clock 5 min ahead"),
        (0, ""),
    ],
)
def test_a38_more_than_five_minutes_are_said_and_five_are_not(seconds: int, said: str) -> None:
    assert clock_off(note(timedelta(seconds=seconds)), MOST) == said


def test_a_wait_for_a_connection_is_no_wrong_clock_and_an_unknown_time_says_nothing() -> None:
    assert clock_off(note(timedelta(0), waited=90), MOST) == ""
    assert clock_off(note(None), MOST) == ""
    assert clock_off(note(timedelta(hours=3), transcribed=True), MOST) == ""


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a38_the_line_of_the_log_says_it_and_the_page_knows_the_limit(desk, arrived) -> None:
    for minutes in (5, 12):
        named_at = WRITTEN + timedelta(milliseconds=minutes)
        at = (named_at - timedelta(minutes=minutes)).isoformat()
        said = {"kind": "note", "effective_at": "2026-03-12T09:05:00+00:00", "device_at": at}
        told = put(
            desk,
            arrived,
            named(named_at),
            **said,
            text="Calm",
        )
        assert told.status_code == 201

    page = desk.get(f"/sessions/{arrived}").text

    assert page.count("tablet’s clock") == 1
    assert "tablet’s clock 12 min behind" in page
    assert 'data-clock-off="5"' in page
