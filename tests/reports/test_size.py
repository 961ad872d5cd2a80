"""This file is about large exports: the memory they take does not grow with them."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from clinic.core.db import db, new_id
from clinic.sessions.models import LogEntry, TreatmentSession
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.reports.conftest import People, Work, signed_in
from tests.reports.made import NURSE_ID, T0
from tests.reports.room import ADMINISTRATOR, make_session, spray, streamed

SESSIONS, READINGS = 250, 80
MEGABYTE, TENTH_OF_A_MEGABYTE = 1024 * 1024, 1024 * 102


@pytest.fixture
def crowd(app: Flask, work: Work, people: People, clock: Clock) -> Browser:
    """Twenty thousand observations in 250 sessions; the administrator sits down after them."""
    with work(people["nurse"]):
        sessions = [
            make_session(T0 + timedelta(minutes=45 * n), number=f"P-{n}") for n in range(SESSIONS)
        ]
        for session in sessions:
            spray(session, session.planned_at)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(insert(LogEntry.__table__), list(readings(sessions)))
    clock.now = T0 + timedelta(days=10)
    return signed_in(app, ADMINISTRATOR)


def readings(sessions: list[TreatmentSession]) -> Iterator[dict[str, object]]:
    for place, session in enumerate(sessions):
        for n in range(READINGS):
            at = session.planned_at + timedelta(seconds=30 * n)
            yield {
                "id": new_id(),
                "clinic_id": session.clinic_id,
                "session_id": session.id,
                "patient_id": session.patient_id,
                "kind": "observation",
                "effective_at": at,
                "recorded_at": at,
                "author_id": NURSE_ID,
                "withdrawn": False,
                "transcribed": False,
                "heart_rate": 60 + n % 40,
                "spo2": 97,
                "detail": "{}",
                "content_hash": "0" * 64,
                "log_seq": 1000 + place * READINGS + n,
            }


def kept_after(parts: Iterator[bytes], number: int) -> tuple[int, int]:
    """The lines of so many parts, and the bytes that are kept once they have been handed on."""
    lines = sum(next(parts).count(b"\r\n") for _ in range(number))
    gc.collect()
    return lines, tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_twenty_thousand_observations_take_the_memory_of_a_few_sessions(crowd: Browser) -> None:
    parts = streamed(crowd, "observations")
    assert next(parts).startswith(b"clinic,")
    tracemalloc.start()
    first, before = kept_after(parts, 2)
    more, after = kept_after(parts, 3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    rest = sum(part.count(b"\r\n") for part in parts)

    assert first + more + rest == SESSIONS * READINGS
    assert peak < 16 * MEGABYTE
    assert after - before < TENTH_OF_A_MEGABYTE  # three parts of text alone are eight times that
