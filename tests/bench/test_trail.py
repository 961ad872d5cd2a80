"""This file is about a trail of the size of years: it holds, and memory does not grow with it."""

from datetime import timedelta

import pytest
from flask import Flask

from clinic.bench.actions import fill_trail
from clinic.core.acting import Acting, act_as
from clinic.core.audit import reading
from clinic.core.db import apart, job
from clinic.core.verify import examine, ledger, walking
from clinic.patients.models import InfantMeasure
from tests.clock import Clock
from tests.conftest import Work
from tests.core.conftest import sqlite_only
from tests.factories import (
    acting_as,
    kept,
    make_clinic,
    make_infant,
    make_patient,
    make_user,
)

EVENTS = 1500


@pytest.fixture
def nurse(app: Flask, work: Work, clock: Clock) -> Acting:
    """A nurse, and a baby who was weighed."""
    with app.app_context(), job():
        clinic = make_clinic()
        somebody = acting_as(make_user(), clinic)
    with work(somebody):
        infant = make_infant(make_patient())
        about = {"patient_id": infant.patient_id, "infant_id": infant.id, "weight_g": 4100}
        moments = {"measured_at": clock.now - timedelta(hours=1), "recorded_at": clock.now}
        kept(InfantMeasure(author_id=somebody.actor_id, **about, **moments))
    return somebody


@sqlite_only
def test_a_filled_trail_holds_and_each_weight_is_as_it_tells(app: Flask, nurse: Acting) -> None:
    with app.app_context(), act_as(nurse):
        fill_trail(EVENTS, print)
        assert reading.head().events == EVENTS

    with app.app_context(), apart(write=False) as session:
        checks = list(examine(session.connection()))

    assert [one.text for check in checks for one in check.breaks] == []
    assert sum(check.records for check in checks) > EVENTS // 2


@sqlite_only
def test_no_more_than_a_few_records_and_events_are_held_at_once(
    app: Flask, nurse: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for 100 records and 50 events the same is found as with room for all."""
    most = []
    monkeypatch.setattr(ledger, "BUFFER", 100)
    monkeypatch.setattr(walking, "EVENTS", 50)
    put_down = ledger.Ledger.put_down
    monkeypatch.setattr(
        ledger.Ledger, "put_down", lambda self: (most.append(len(self.buffer)), put_down(self))
    )
    with app.app_context(), act_as(nurse):
        fill_trail(EVENTS, print)

    with app.app_context(), apart(write=False) as session:
        checks = list(examine(session.connection()))

    assert max(most) == 100
    assert [one.text for check in checks for one in check.breaks] == []
    assert sum(check.records for check in checks) > EVENTS // 2
