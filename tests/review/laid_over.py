"""This file is about made sessions to lay over each other: one like the next but for one thing."""

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from clinic.review.rules import Treated
from clinic.sessions.rules import session_state
from tests.review.made import at, treated
from tests.sessions.rules.factories import FACTS, INFUSION, Logbook
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
    shift = at(day) - LOGBOOK_T0
    entries = [
        replace(e, effective_at=e.effective_at + shift, recorded_at=e.recorded_at + shift)
        for e in book.entries
    ]
    state = session_state(INFUSION, FACTS, entries, at(day) + timedelta(minutes=200))
    weight = None if kg is None else Decimal(kg)
    id_ = uuid.UUID(int=500 + number)
    return Treated(id_, number, INFUSION, state, True, "Aiko Kimura", weight_kg=weight)
