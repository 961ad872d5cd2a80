"""This file is about one morning in a test: a nurse who signed in writes a session step by step."""

import json
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job, new_id
from clinic.core.permissions import Role
from clinic.protocols.rules import Item, SessionPlan
from clinic.sessions.actions import plan_session
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import plan_of
from tests.accounts.browser import NURSE, Browser
from tests.clock import Clock
from tests.desk import TOKEN
from tests.factories import acting_as, make_clinic, make_infant, make_patient, make_user
from tests.reached_once import reach
from tests.sessions.room import ready_course

TAKEN = (
    ("09:18", "118/76", 72, 14, 98, 5, 0),
    ("09:46", "126/80", 78, 14, 98, 5, 1),
    ("10:01", "138/86", 84, 15, 97, 4, 3),
    ("10:11", "148/92", 88, 16, 96, 4, 3),
    ("10:31", "164/102", 96, 18, 95, 5, 1),
    ("10:36", "138/88", 90, 16, 96, 5, 1),
    ("11:00", "128/84", 80, 15, 97, 5, 0),
    ("11:30", "122/80", 76, 14, 98, 5, 0),
)


def moment(at: str) -> datetime:
    """A time of the tests' day; the clinic's wall says the same."""
    return datetime.fromisoformat(f"2026-03-12T{at}:00+00:00").astimezone(UTC)


class Morning:
    """Maya's session of 09:15 in room 2: 84 mg, three devices, her son has her milk."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock, self.browser, self.done = app, clock, Browser(app), ""
        begun = reach(app, "morning", self.begin)
        self.acting, self.session_id, self.browser.cookie, self.token = begun

    def begin(self) -> tuple[Acting, uuid.UUID, str, str]:
        """The clinic and its people, the session, and the nurse signed in."""
        with self.app.app_context(), job():
            clinic = make_clinic(idle_minutes=600)
            nurse = make_user()
            make_user(role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
            make_user(role=Role.THERAPIST, full_name="Ida Berg")
            acting = acting_as(nurse, clinic)
        session_id = self.planned(acting)
        self.browser.sign_in()
        token = TOKEN.search(self.browser.get("/protocols").text)
        assert token, "every page carries the token"
        return acting, session_id, self.browser.cookie, token.group(1)

    def planned(self, nurse: Acting, **who: Any) -> uuid.UUID:
        """The plan of a session of somebody."""
        with self.app.app_context(), act_as(nurse), job():
            maya = make_patient(allergy_answer="listed", allergies="penicillin", **who)
            make_infant(maya, feeding="breast")
            course = ready_course(maya.id)
            return plan_session(
                course,
                planned_at=moment("09:15"),
                room="2",
                ordered_dose=Decimal(84),
                ordered_by_id=nurse.actor_id,
                agreed_pause_hours=Decimal(12),
            ).id

    @property
    def plan(self) -> SessionPlan:
        """What the session is measured against."""
        with self.app.app_context(), act_as(self.acting):
            return plan_of(db.session.get_one(TreatmentSession, self.session_id))

    @property
    def address(self) -> str:
        """The page of the session."""
        return f"/sessions/{self.session_id}"

    def page(self, tail: str = "") -> TestResponse:
        """The page of the session, or one beside it."""
        return self.browser.get(self.address + tail)

    def sent(self, at: str, kind: str, **says: Any) -> str:
        """Send an entry as a tablet does, at that time; gives its id."""
        self.clock.now = moment(at)
        answer = self.browser.client.put(
            f"{self.address}/entries/{new_id()}",
            data=json.dumps({"kind": kind, "effective_at": moment(at).isoformat(), **says}),
            headers={"X-CSRFToken": self.token, "Content-Type": "application/json"},
        )
        assert answer.status_code == 201, answer.text
        entry_id: str = answer.json["id"]
        return entry_id

    def typed(self, entry_id: object = None, **fields: Any) -> TestResponse:
        """Send the form of an entry as a page does."""
        page = f"{self.address}/entries/{entry_id or new_id()}"
        return self.browser.send(page, fields | {"csrf_token": self.token})

    def another_browser(self) -> str:
        """The cookie of a second browser in which the nurse has signed in."""

        def sign_in() -> str:
            browser = Browser(self.app)
            browser.sign_in()
            return browser.cookie

        return reach(self.app, "another browser", sign_in)

    def step(self, what: Any, take: Callable[[], object]) -> None:
        """A part of the morning that many tests begin with."""
        reach(self.app, (what, self.session_id, self.done), take)

    def check_in(self) -> None:
        """09:10: she says her date of birth."""
        says = {"event": "checked-in", "text": "Date of birth agrees"}
        self.step("check-in", lambda: self.sent("09:10", "transition", **says))

    def answer(self, at: str, items: Iterable[Item]) -> None:
        """Each item as it is expected."""
        expected = tuple((item.code, item.expected) for item in items)
        self.step((at, expected), lambda: self.checks(at, expected))

    def checks(self, at: str, answers: Iterable[tuple[str, str]]) -> None:
        """An answer to each item."""
        for item, answer in answers:
            self.sent(at, "check", item=item, answer=answer)

    def read(self, until: str) -> None:
        """The readings of this morning that are not written yet, up to a time."""
        self.step(("readings", until), lambda: self.writes(until))
        self.done = until

    def writes(self, until: str) -> None:
        """These readings, one after the other."""
        for at, pressure, *others in TAKEN:
            if self.done < at <= until:
                names = ("heart_rate", "respiratory_rate", "spo2", "moaas", "dissociation")
                systolic, diastolic = pressure.split("/")
                says = dict(zip(names, map(str, others), strict=True))
                says |= {"systolic": systolic, "diastolic": diastolic, "oxygen_l_min": "0"}
                self.sent(at, "observation", **says)

    def device(self, at: str, number: int) -> None:
        """A device, given in full."""
        says = {"event": "device", "device_number": str(number), "outcome": "complete"}
        says |= {"lot": "25K118", "expires_on": "2027-12-31"}
        self.step(("device", at, number), lambda: self.sent(at, "administration", **says))

    def until(self, at: str) -> None:
        """Everything of this morning up to a time: check-in, items, readings, three devices."""
        self.step(("until", at), lambda: self.goes_on(at))
        self.done = at

    def goes_on(self, at: str) -> None:
        """The same, part by part."""
        self.check_in()
        self.answer("09:12", self.plan.pre_dose)
        self.read("09:18")
        for number, given in enumerate(("09:30", "09:35", "09:40"), start=1):
            if given <= at:
                self.device(given, number)
        self.read(at)
        self.clock.now = moment(at)


@pytest.fixture
def morning(app: Flask, clock: Clock) -> Morning:
    """The session is planned, the nurse signed in; it is 09:00."""
    return Morning(app, clock)


__all__ = ["NURSE", "Morning", "moment", "morning"]
