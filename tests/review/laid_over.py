"""This file is about made sessions to lay over each other: one like the next but for one thing."""

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from clinic.protocols.rules import SessionPlan
from clinic.review.rules import Treated
from clinic.sessions.rules import session_state
from clinic.sessions.rules.log import Outcome
from tests.review.made import at, treated
from tests.sessions.rules.factories import FACTS, INFUSION, NASAL, Logbook
from tests.sessions.rules.factories import T0 as LOGBOOK_T0

CALM = "118/76"


def session(
    number: int,
    *,
    peak: str = "142/88",
    minute: int = 40,
    before: str = CALM,
    dissociation: int = 2,
    devices: int = 3,
    **more: Any,
) -> Treated:
    """Nasal, every third day: calm but for its peak; the slot at 30 min is missed."""
    readings: dict[int, dict[str, Any]] = {
        one: {"blood_pressure": before} for one in (-10, 15, 60, 90, 120)
    }
    readings[minute] = {"blood_pressure": peak, "dissociation": dissociation}
    in_order = dict(sorted(readings.items()))
    return treated(number, number * 3, in_order, devices=devices, **more)


def infused(number: int, day: float, *, minutes: int = 40, kg: str | None = "72") -> Treated:
    """54 mg/h, stopped after so many minutes."""
    book = Logbook()
    book.full(-5)
    book.pump(0, "start", rate_mg_per_h=Decimal(54))
    for minute in (10, 20, 30):
        book.full(minute, blood_pressure="130/82")
    book.pump(minutes, "stop")
    book.full(minutes + 15)
    return written(number, day, book, INFUSION, weight_kg=None if kg is None else Decimal(kg))


def partial(number: int, mg: Decimal | None) -> Treated:
    """Every third day: a first device whole, a second one partial; None: amount unknown."""
    book = Logbook()
    book.full(-5)
    book.device(0, 1)
    book.device(5, 2, outcome=Outcome.PARTIAL, mg=mg)
    return written(number, number * 3, book)


def left(number: int, minute: int, how: str) -> Treated:
    """Every third day: calm but at 40 min, then she left."""
    book = Logbook()
    book.full(-5)
    book.device(0, 1)
    book.full(15)
    book.full(30)
    book.full(40, blood_pressure="150/90", dissociation=2)
    book.full(60)
    book.step(minute, how)
    return written(number, number * 3, book)


def written(
    number: int, day: float, book: Logbook, plan: SessionPlan = NASAL, **more: Any
) -> Treated:
    """A session from its log."""
    shift = at(day) - LOGBOOK_T0
    entries = [
        replace(e, effective_at=e.effective_at + shift, recorded_at=e.recorded_at + shift)
        for e in book.entries
    ]
    state = session_state(plan, FACTS, entries, at(day) + timedelta(minutes=200))
    id_ = uuid.UUID(int=500 + number)
    return Treated(id_, number, plan, state, True, "Aiko Kimura", **more)
