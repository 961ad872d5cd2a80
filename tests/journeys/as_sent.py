"""This file is about sending a flowsheet line by line, each entry as a tablet sends it."""

import json
import uuid
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clinic.core.db import new_id
from clinic.sessions.rules.log import (
    BloodPressure,
    Entry,
    Measured,
    NotMeasured,
    SignValue,
    kind_of,
)
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.desk import TOKEN
from tests.factories import PASSWORD
from tests.journeys.as_entries import PSYCHIATRIST, Writing
from tests.journeys.flowsheet import ZONE, Event, Row, Sheet

SETS_ITSELF = frozenset({"id", "session_id", "recorded_at", "author_id", "log_seq", "signs"})


class Sending(Writing):
    """The log of a sheet, of which every entry is sent when it is written."""

    def __init__(
        self, sheet: Sheet, clock: Clock, session: str, nurse: Browser, psychiatrist: Browser
    ) -> None:
        super().__init__(sheet)
        self.sheet = sheet
        self.clock, self.session = clock, session
        self.nurse, self.psychiatrist = nurse, psychiatrist
        self.ready_minute = ""
        self.tokens: dict[str, str] = {}

    def sends_everything(self) -> None:
        """Each line at its time."""
        for row in self.sheet.rows_as_written():
            self.clock.now = row.written_at
            self.write(row)

    def write(self, row: Row) -> None:
        """The note before the events: the last of them may lock."""
        super().write(replace(row, events=()))
        super().write(replace(row, readings={}, note=""))

    def add(self, kind: type[Entry], **says: Any) -> None:
        super().add(kind, **{"id": new_id()} | says)
        self.send(self.entries[-1])

    def correct(self, wrong: Entry, why: str, **says: Any) -> None:
        super().correct(wrong, why, **says)
        self.entries[-1] = replace(self.entries[-1], id=new_id())
        self.send(self.entries[-1])

    def send(self, entry: Entry) -> None:
        """As JSON, by the person who writes it; what is unlikely was looked at once more."""
        browser = self.psychiatrist if entry.author_id == PSYCHIATRIST else self.nurse
        if browser.cookie not in self.tokens:
            token = TOKEN.search(browser.get("/protocols").text)
            assert token
            self.tokens[browser.cookie] = token.group(1)
        answer = browser.client.put(
            f"{self.session}/entries/{entry.id}",
            data=json.dumps(body_of(entry)),
            headers={
                "X-CSRFToken": self.tokens[browser.cookie],
                "Content-Type": "application/json",
            },
        )
        assert answer.status_code == 201, answer.text

    def would_have_been_ready(self, event: Event) -> None:
        self.ready_minute = event["minutes"]

    def leaves(self, _event: Event) -> None:
        """She left now; the password locks the session."""
        page = f"{self.session}/discharge"
        answer = self.nurse.post(
            page,
            page=page,
            left_at=self.row.at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M"),
            would_have_been_ready_minutes=self.ready_minute,
            password=PASSWORD,
        )
        assert answer.status_code == 303, answer.text


def body_of(entry: Entry) -> dict[str, Any]:
    """What a tablet says of an entry: what it holds, but for what the server sets itself."""
    said = {field.name: getattr(entry, field.name) for field in fields(entry)}
    body = {name: spelled(value) for name, value in said.items() if name not in SETS_ITSELF}
    for sign, value in said.get("signs", {}).items():
        body |= typed(sign, value)
    kept = {name: value for name, value in body.items() if value not in (None, "", False)}
    return kept | {"kind": kind_of(entry), "confirmed": True}


def spelled(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    exact = isinstance(value, Decimal | uuid.UUID | int) and not isinstance(value, bool)
    return str(value) if exact else value


def typed(sign: str, value: SignValue) -> dict[str, str]:
    """A sign as the form of readings has it: numbers, or why there is none."""
    if isinstance(value, NotMeasured):
        return {f"{sign}_absent": value.reason.value}
    if not isinstance(value, Measured):
        return {f"{sign}_absent": "unrecordable"}
    if isinstance(value.value, BloodPressure):
        return {"systolic": str(value.value.systolic), "diastolic": str(value.value.diastolic)}
    return {sign: str(value.value)}
