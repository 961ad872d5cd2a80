"""This file is about a clinic with sessions in its database, written as its log holds them."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from clinic.core.audit import AuditEvent, next_log_seq
from clinic.core.db import new_id
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
from clinic.notation.rules.spreadsheet import MARK
from clinic.protocols.actions import publish_from_library
from clinic.protocols.queries import in_force
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from tests.accounts.browser import TOKEN, Browser
from tests.databases import whole
from tests.factories import PASSWORD, kept, make_patient
from tests.reports.made import NURSE_ID, T0

NASAL = "esketamine-nasal-56-84"
ADMINISTRATOR = "administrator@clinic.example"
MARCH = {"from": "2026-03-01", "to": "2026-03-31", "purpose": "Yearly audit"}
AS_RECORDED = {"identified": "y", "password": PASSWORD}


def make_session(planned_at: datetime = T0, **patient: Any) -> TreatmentSession:
    """A session of a new patient's new course."""
    woman = make_patient(**patient)
    version = in_force(NASAL) or publish_from_library(NASAL)
    course = Course(
        patient_id=woman.id,
        protocol_version_id=version.id,
        status=CourseStatus.ACTIVE,
        opened_on=date(2026, 3, 1),
        opened_by_id=NURSE_ID,
    )
    session = TreatmentSession(
        patient_id=woman.id,
        course_id=kept(course).id,
        protocol_version_id=version.id,
        number=1,
        status=SessionStatus.FINISHED,
        planned_at=planned_at,
        room="2",
        ordered_dose=Decimal(56),
        ordered_by_id=NURSE_ID,
        ordered_at=planned_at,
    )
    return kept(session)


def write(session: TreatmentSession, kind: str, at: datetime, **given: Any) -> LogEntry:
    """One entry of its log; `said` is what its kind says beside the signs."""
    values = {
        "id": new_id(),
        "session_id": session.id,
        "patient_id": session.patient_id,
        "kind": kind,
        "effective_at": at,
        "recorded_at": at,
        "author_id": NURSE_ID,
        "detail": json.dumps(given.pop("said", {}), ensure_ascii=False),
        "content_hash": "0" * 64,
        "log_seq": next_log_seq(),
    }
    return kept(LogEntry(**values | given))


def spray(session: TreatmentSession, at: datetime, **said: Any) -> LogEntry:
    """A device that delivered all of its dose."""
    says = {"event": "device", "device_number": 1, "outcome": "complete"} | said
    return write(session, "administration", at, said=says)


def download(browser: Browser, table: str, **fields: Any) -> list[dict[str, str]]:
    """The rows of a file, as a program reads them."""
    sent = MARCH | AS_RECORDED | fields
    answer = browser.post(f"/reports/exports/{table}", page="/reports", **sent)
    assert answer.status_code == 200, answer.text
    return rows_of(answer.data)


def streamed(browser: Browser, table: str, **fields: Any) -> Iterator[bytes]:
    """The parts of a file, each made when it is asked for."""
    token = browser_token(browser)
    sent = MARCH | AS_RECORDED | fields | {"csrf_token": token}
    answer = browser.client.post(f"/reports/exports/{table}", data=sent, buffered=False)
    assert answer.status_code == 200
    return iter(answer.response)


def browser_token(browser: Browser) -> str:
    """The token of the page of exports."""
    found = TOKEN.search(browser.get("/reports").text)
    assert found
    return found.group(1)


def rows_of(file: bytes) -> list[dict[str, str]]:
    """The rows of a file by the names in its first line."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8"), newline="")))


def unmarked(cell: str) -> str:
    """What was typed, of a cell of text."""
    return cell.removeprefix(MARK)


def events(app: Flask, action: str) -> list[dict[str, Any]]:
    """What the trail holds of an action, oldest first."""
    with whole(app) as database:
        found = select(AuditEvent.body).where(AuditEvent.action == action)
        return [json.loads(body) for body in database.scalars(found.order_by(AuditEvent.seq))]


def exports(app: Flask) -> int:
    """How many exports were noted, in any clinic."""
    with whole(app) as database:
        found: int = database.scalar(text("SELECT count(*) FROM export"))
        return found
