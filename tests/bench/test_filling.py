"""This file is about a database of the size of years: copies of a true course, each whole."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.bench.actions import count_observations, fill
from clinic.bench.rules import Measured, Timed
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import entries_of
from tests.conftest import Work
from tests.factories import acting_as, make_clinic, make_user
from tests.reports.made import NURSE_ID, T0
from tests.reports.room import make_session, spray, write


@pytest.fixture
def nurse(app: Flask, work: Work) -> Acting:
    """A nurse, and one course: a dose, two observations, a correction of the second."""
    with app.app_context(), job():
        clinic = make_clinic()
        somebody = acting_as(make_user(id=NURSE_ID), clinic)
    with work(somebody):
        session = make_session()
        spray(session, T0)
        write(session, "observation", T0 + timedelta(minutes=15), spo2=96)
        wrong = write(session, "observation", T0 + timedelta(minutes=40), spo2=79)
        right = {"corrects_id": wrong.id, "reason": "Two digits turned round", "spo2": 97}
        write(session, "observation", wrong.effective_at, **right)
    return somebody


def test_copies_are_added_until_there_are_enough(app: Flask, nurse: Acting) -> None:
    with app.app_context(), act_as(nurse):
        fill(20, print)

        assert count_observations() == 21


def test_a_copy_is_a_course_like_the_first_and_points_to_itself_alone(
    app: Flask, nurse: Acting
) -> None:
    with app.app_context(), act_as(nurse):
        fill(6, print)

        one, other = (entries_of(session) for session in sessions())
    assert [entry.effective_at for entry in one] == [entry.effective_at for entry in other]
    assert {entry.id for entry in one} & {entry.id for entry in other} == set()
    assert [log[-1].corrects_id == log[-2].id for log in (one, other)] == [True, True]


def test_enough_is_enough(app: Flask, nurse: Acting) -> None:
    with app.app_context(), act_as(nurse):
        fill(3, print)

        assert len(sessions()) == 1


def sessions() -> list[uuid.UUID]:
    """The sessions of the clinic."""
    return list(db.session.scalars(select(TreatmentSession.id)))


def test_a_measurement_in_which_rows_are_missing_is_void() -> None:
    whole = Measured(100, Timed(100, 2.0), Timed(100, 0.5), "COPY", 50 * 2**20)

    assert whole.lines()[1:] == [
        "export                  100 rows      2.0 s           50 rows/s",
        "COPY                    100 rows      0.5 s          200 rows/s",
        "ratio                0.2500",
        "peak memory              50 MiB, of the worker",
        "every observation is in both",
    ]
    assert replace(whole, ours=Timed(99, 2.0)).lines()[-1] == "VOID: rows are missing"
