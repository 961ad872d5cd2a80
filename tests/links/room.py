"""This file is about her phone in tests: a browser without scripts that presses what it sees."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.models import Duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db
from clinic.courses.queries import course_or_raise
from clinic.links.actions import send_link, token_of
from clinic.links.models import LinkAnswer, PrivateLink
from clinic.links.rules import PartRef, Subject
from clinic.messages.actions import save_settings
from clinic.patients.models import Patient
from clinic.patients.rules import ContactBy
from tests.factories import kept

BORN = {"day": "2", "month": "5", "year": "1994"}
PHQ9 = (PartRef("scale", "PHQ9", None, "day-14"),)
ASKED: Subject = ("evaluation", None)
SETTINGS = {
    "clinic_line": "555 0142",
    "clinic_hours": "day and night",
    "crisis_line": "555 0199",
    "crisis_note": "free, 24 hours",
    "emergency": "112",
    "answers_read": "on weekdays, 8:00 to 17:00",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "reminder_count": 2,
    "reminder_hours": 24,
    "link_hours": 72,
    "sender": "Harbour team",
}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def set_up(app: Flask) -> None:
    """The operator set the ways out."""
    app.config.update(
        PUBLIC_URL="https://clinic.example",
        SMS_URL="http://127.0.0.1:9/sms",
        SMS_TOKEN="token",
        SMTP_URL="smtp://127.0.0.1:9",
        MAIL_FROM="team@clinic.example",
    )


def reachable(course_id: uuid.UUID, by: ContactBy | None = ContactBy.SMS) -> None:
    """She agreed to be written to, and the clinic entered its numbers."""
    patient = db.session.get_one(Patient, course_or_raise(course_id).patient_id)
    patient.phone, patient.email, patient.contact_by = "+353 555 0141", "maya@home.example", by
    save_settings(SETTINGS, None)


def sent(course_id: uuid.UUID, **given: Any) -> PrivateLink:
    """A link with the PHQ-9, unless something else is given."""
    about = {"parts": PHQ9, "subject": ASKED} | given
    return send_link(course_or_raise(course_id), **about)


def on_duty(kind: DutyKind, user_id: uuid.UUID, hours: int = 8) -> Duty:
    """Somebody who accepted a duty that began an hour ago."""
    now = clock.now()
    return kept(
        Duty(
            kind=kind,
            user_id=user_id,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=hours),
            named_by_id=user_id,
            named_at=now - timedelta(hours=1),
            accepted_at=now - timedelta(hours=1),
        )
    )


class Phone:
    """A browser on her phone, with the link that came."""

    def __init__(self, app: Flask, link: uuid.UUID | str, client: FlaskClient | None = None):
        self.app, self.client = app, client or app.test_client()
        with app.app_context():
            self.beginning = f"/a/{link if isinstance(link, str) else token_of(link)}"
        self.page: TestResponse | None = None

    def open(self, place: str = "") -> TestResponse:
        """Open a page of the link."""
        self.page = self.client.get(self.beginning + place, follow_redirects=True)
        return self.page

    def press(self, place: str, **fields: str) -> TestResponse:
        """Send the form of the page that is open, and follow where it leads."""
        assert self.page is not None
        hidden = dict(FIELD.findall(self.page.text))
        where = self.beginning + place
        self.page = self.client.post(where, data=hidden | fields, follow_redirects=True)
        return self.page

    def begin(self) -> TestResponse:
        """Start, and give the date of birth where it is asked."""
        self.open()
        page = self.press("/begin")
        return self.press("/birth", **BORN) if "date of birth" in page.text else page

    def answer(self, number: int, value: str) -> TestResponse:
        """Choose an answer on the page of a question and press the button."""
        place = f"/questions/{number}"
        if self.page is None or self.path != place:
            self.open(place)
        return self.press(place, answer=value)

    def answer_all(self, *values: int) -> TestResponse:
        """Answer the questions one after the other."""
        for number, value in enumerate(values, 1):
            page = self.answer(number, str(value))
        return page

    @property
    def path(self) -> str:
        """Where she is, without the beginning that is the same everywhere."""
        assert self.page is not None
        return self.page.request.path.removeprefix(self.beginning)


def words(page: TestResponse) -> str:
    """What a page says, without its tags."""
    bare = re.sub(r"<[^>]+>", " ", page.text.split("<body>")[-1])
    return re.sub(r"\s+", " ", bare).replace("&#39;", "'").strip()


def link_of(app: Flask, somebody: Acting, link_id: uuid.UUID) -> PrivateLink:
    """A link as it stands."""
    with app.app_context(), act_as(somebody):
        link = db.session.scalars(select(PrivateLink).where(PrivateLink.id == link_id)).one()
        db.session.expunge(link)
        return link


def answers(app: Flask, somebody: Acting) -> list[tuple[str, str | None]]:
    """(question, value) of every stored answer, oldest first."""
    with app.app_context(), act_as(somebody):
        rows = db.session.scalars(select(LinkAnswer).order_by(LinkAnswer.seq))
        return [(row.question, row.value) for row in rows]


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the tests' day, UTC."""
    return datetime.fromisoformat(f"2026-03-12T{hour:02d}:{minute:02d}:00+00:00")
