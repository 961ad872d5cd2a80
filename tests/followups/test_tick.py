"""This file is about what falls due by itself: links, reminders, who is told; exactly once."""

import threading
import uuid
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from clinic.accounts.models import Duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import act_as
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.courses.queries import course_or_raise
from clinic.followups.commands import clinics, run
from clinic.followups.rules.asking_her import becomes_a_call, reminder_now
from clinic.instruments.library import library_instruments
from clinic.links.models import PrivateLink
from clinic.messages.actions import save_settings
from clinic.messages.models import Message
from clinic.messages.rules import Reminders
from clinic.patients.models import Patient
from clinic.patients.rules import ContactBy
from tests.factories import kept, make_user
from tests.followups.room import T0
from tests.instruments.licensed import on_file

TWICE = Reminders(count=2, every_hours=24)
DAY_14 = T0 + timedelta(days=14, hours=3)
SETTINGS = {
    "clinic_line": "555 0142",
    "clinic_hours": "day and night",
    "crisis_line": "555 0199",
    "emergency": "112",
    "answers_read": "on weekdays",
    "reminder_count": 2,
    "reminder_hours": 6,
    "link_hours": 72,
}
DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")


def hours(number):
    return timedelta(hours=number)


def test_she_is_reminded_by_the_latest_that_is_due_and_not_once_she_opened_it():
    assert reminder_now(TWICE, T0, None, T0 + hours(24) - hours(1)) is None
    assert reminder_now(TWICE, T0, None, T0 + hours(24)) == 1
    assert reminder_now(TWICE, T0, None, T0 + hours(48)) == 2
    assert reminder_now(TWICE, T0, T0 + hours(1), T0 + hours(48)) is None
    assert reminder_now(None, T0, None, T0 + hours(48)) is None


def test_a_link_not_opened_one_span_after_the_last_reminder_becomes_a_call():
    assert not becomes_a_call(TWICE, T0, None, T0 + hours(71))
    assert becomes_a_call(TWICE, T0, None, T0 + hours(72))
    assert not becomes_a_call(TWICE, T0, T0 + hours(1), T0 + hours(72))
    assert not becomes_a_call(None, T0, None, T0 + hours(72))


@pytest.fixture
def gateway():
    """A gateway for texts; its list of the keys it was handed."""
    handed: list[str] = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            handed.append(self.headers["Idempotency-Key"])
            self.send_response(202)
            self.end_headers()

        def log_message(self, *said):
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, handed
    server.shutdown()
    server.server_close()


@pytest.fixture
def reachable(app, work, nurse, course_id, gateway):
    """She may be written to; a psychiatrist is on call; the clinic set its numbers."""
    port, handed = gateway
    app.config.update(PUBLIC_URL="https://clinic.example", SMTP_URL=None)
    app.config.update(SMS_URL=f"http://127.0.0.1:{port}/", SMS_TOKEN="token")
    with work(nurse):
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        patient = db.session.get_one(Patient, course_or_raise(course_id).patient_id)
        patient.phone, patient.contact_by = "+353 555 0141", ContactBy.SMS
        save_settings(SETTINGS, None)
        on_call = {"starts_at": T0, "ends_at": T0 + timedelta(days=30), "accepted_at": T0}
        named = {"named_by_id": DOCTOR_ID, "named_at": T0}
        kept(Duty(kind=DutyKind.ON_CALL, user_id=DOCTOR_ID, **on_call, **named))
    return handed


def remembered(app, nurse):
    """What waits or went out: (messages by purpose, number of links)."""
    with app.app_context(), act_as(nurse):
        purposes = Counter(db.session.scalars(select(Message.purpose)))
        return dict(purposes), len(db.session.scalars(select(PrivateLink)).all())


def test_what_the_protocol_plans_by_link_is_sent_once_and_reminded_once(
    app, nurse, reachable, clock
):
    clock.now = DAY_14
    ticks = app.test_cli_runner()

    first, second = ticks.invoke(args=["tick"]), ticks.invoke(args=["tick"])

    assert "harbour: 1 links, 0 withdrawn, 0 reminders" in first.output
    assert "harbour: 0 links, 0 withdrawn, 0 reminders, 0 told, 0 sent" in second.output
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert remembered(app, nurse)[1] == 1
    clock.now = DAY_14 + hours(6)
    assert "1 reminders" in ticks.invoke(args=["tick"]).output
    assert "0 reminders" in ticks.invoke(args=["tick"]).output
    assert len(reachable) == len(set(reachable)) == 2


def test_two_runs_at_once_put_and_send_nothing_twice(app, nurse, reachable, clock):
    clock.now = DAY_14
    faults: list[BaseException] = []

    def tick():
        try:
            with app.app_context():
                for _, somebody in clinics():
                    run(somebody)
        except BaseException as fault:
            faults.append(fault)

    runs = [threading.Thread(target=tick) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join(timeout=30)

    assert faults == []
    assert remembered(app, nurse)[1] == 1
    assert len(reachable) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_is_on_the_cover_list_is_told_of_a_risk_answer_once(app, nurse, reachable, screen):
    screen({"1": 1, "2": 1, "3": 0, "4": 0, "5": 0, "6": 0})
    ticks = app.test_cli_runner()

    first, second = ticks.invoke(args=["tick"]), ticks.invoke(args=["tick"])

    assert "1 told" in first.output
    assert "0 told" in second.output
    assert remembered(app, nurse)[0] == {"needs-response": 1}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_psychiatrist_is_told_of_three_missed_in_a_row(app, desk, nurse, reachable, clock):
    clock.now = T0 + timedelta(days=33)

    told = app.test_cli_runner().invoke(args=["tick"])

    assert "1 told" in told.output
    assert remembered(app, nurse)[0]["missed-in-a-row"] == 1
    page = desk.get("/follow-ups").text
    assert "follow-ups missed in a row" in page


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_administrator_is_told_once_that_evidence_of_a_scale_ends(app, work, nurse, clock):
    with work(nurse):
        make_user(role=Role.ADMINISTRATOR)
        ends_on = clock.now.date() + timedelta(days=30)
        on_file(library_instruments()["EPDS"], ends_on=ends_on)
        on_file(library_instruments()["WSAS"], ends_on=ends_on + timedelta(days=1))
    ticks = app.test_cli_runner()

    first, second = ticks.invoke(args=["tick"]), ticks.invoke(args=["tick"])

    assert ("1 told" in first.output, "0 told" in second.output) == (True, True)
    assert remembered(app, nurse)[0] == {"evidence-ends": 1}
