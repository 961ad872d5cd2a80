"""This file is about writing a flowsheet into a log, without a page and without a database."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clinic.protocols.library import library_protocols
from clinic.protocols.rules import SessionPlan, Severity
from clinic.sessions.rules import log, session_state
from clinic.sessions.rules.results import Alert
from tests.journeys.expected import name_of
from tests.journeys.flowsheet import ZONE, Event, Row, Sheet

PLAN: SessionPlan = library_protocols()["esketamine-nasal-56-84"].session_plan()
NURSE, PSYCHIATRIST, SESSION = UUID(int=101), UUID(int=102), UUID(int=7)
SIGN_OF = {
    "HR": "heart_rate",
    "RR": "respiratory_rate",
    "SpO2": "spo2",
    "MOAA/S": "moaas",
    "dissociation": "dissociation",
}
# What an alert is called on paper.
ALERT_OF = {"blood pressure": "blood_pressure", "heart rate": "heart_rate", "SpO2": "spo2"}


def facts_of(sheet: Sheet) -> log.SessionFacts:
    """What the session knows from outside its log."""
    return log.SessionFacts(
        timezone=ZONE,
        birth_on=sheet.day("gave birth"),
        ordered_mg=Decimal(sheet.mg),
        ordered_devices=int(sheet.mg) // 28,
        agreed_pause_hours=Decimal(sheet.pause_hours) if sheet.pause_hours else None,
        breastfeeding=sheet.is_breastfeeding,
    )


def entries_of(sheet: Sheet) -> list[log.Entry]:
    """Every entry of the sheet, each recorded when it was written."""
    writing = Writing(sheet)
    for row in sheet.rows_as_written():
        writing.write(row)
    return writing.entries


class Writing:
    """A log that grows line by line, as a nurse writes it."""

    def __init__(self, sheet: Sheet) -> None:
        self.facts = facts_of(sheet)
        self.entries: list[log.Entry] = []
        self.row = sheet.rows[0]

    def write(self, row: Row) -> None:
        """The readings of a line, then its events, then its note."""
        self.row = row
        if row.readings:
            self.add(log.Observation, **signs_of(row.readings))
        for event in row.events:
            getattr(self, event.name.replace("-", "_"))(event)
        if row.note:
            self.add(log.Note, text=row.note)

    def add(self, kind: type[log.Entry], **says: Any) -> None:
        number = len(self.entries) + 1
        common = {
            "id": UUID(int=1000 + number),
            "session_id": SESSION,
            "effective_at": self.row.at,
            "recorded_at": self.row.written_at,
            "author_id": NURSE,
            "log_seq": number,
        }
        self.entries.append(kind(**common | says))

    def step(self, name: str, **says: Any) -> None:
        self.add(log.Transition, event=log.TransitionEvent(name), **says)

    def arrives(self, _event: Event) -> None:
        self.step("checked-in", text="Date of birth agrees with the record")

    def list_answered(self, _event: Event) -> None:
        for item in PLAN.pre_dose:
            if self.facts.breastfeeding or not item.if_breastfeeding:
                self.add(log.Check, item=item.code, answer=log.Answer(item.expected))

    def device(self, event: Event) -> None:
        self.add(
            log.Administration,
            event=log.AdministrationEvent.DEVICE,
            device_number=int(event["number"]),
            outcome=log.Outcome(event["outcome"]),
            lot=event["lot"],
            expires_on=date.fromisoformat(event["expires"]),
        )

    def dosing_stopped(self, event: Event) -> None:
        self.step("dosing-stopped", text=event["why"])

    def onset(self, event: Event) -> None:
        self.add(
            log.AdverseEvent,
            event=log.AdverseEventEvent.ONSET,
            term=event["term"],
            severity=Severity(event["severity"]),
        )

    def over(self, event: Event) -> None:
        onset = self.onset_of(event["term"])
        self.add(log.AdverseEvent, event=log.AdverseEventEvent.RESOLVED, subject_id=onset.id)

    def onset_of(self, term: str) -> log.AdverseEvent:
        return next(e for e in self.entries if isinstance(e, log.AdverseEvent) and e.term == term)

    def acknowledged(self, event: Event) -> None:
        key = self.open_alert(event["sign"], self.row.at).key
        self.add(log.Acknowledgement, alert_key=key, action_taken=event["action"])

    def closes(self, event: Event) -> None:
        key = self.open_alert(event["sign"], self.row.at).key
        self.add(
            log.Acknowledgement,
            alert_key=key,
            closes=True,
            reason=event["why"],
            author_id=PSYCHIATRIST,
        )

    def open_alert(self, sign: str, now: datetime) -> Alert:
        state = session_state(PLAN, self.facts, self.entries, now)
        name = ALERT_OF.get(sign, sign)
        return next(alert for alert in state.open_alerts if name_of(alert) == name)

    def oxygen(self, event: Event) -> None:
        self.add(log.Intervention, category=log.InterventionCategory.OXYGEN, text=event["flow"])

    def medicine(self, event: Event) -> None:
        words = {"drug": event["drug"], "dose": event["dose"], "route": event["route"]}
        category = log.InterventionCategory.MEDICINE
        self.add(log.Intervention, category=category, ordered_by=event["by"], **words)

    def asked(self, event: Event) -> None:
        for item, answer in event.words.items():
            self.add(log.Check, item=item, answer=log.Answer(answer))

    def corrects(self, event: Event) -> None:
        wrong = next(
            e
            for e in self.entries
            if isinstance(e, log.Observation)
            and e.effective_at.astimezone(ZONE).strftime("%H:%M") == event["time"]
        )
        right = dict(wrong.signs) | {"blood_pressure": value_of("BP", event["pressure"])}
        self.correct(wrong, event["why"], signs=right)

    def corrects_lot(self, event: Event) -> None:
        wrong = next(
            e
            for e in self.entries
            if isinstance(e, log.Administration) and e.device_number == int(event["number"])
        )
        self.correct(wrong, event["why"], lot=event["lot"])

    def corrects_severity(self, event: Event) -> None:
        wrong = self.onset_of(event["term"])
        self.correct(wrong, event["why"], severity=Severity(event["severity"]))

    def correct(self, wrong: log.Entry, why: str, **says: Any) -> None:
        number = len(self.entries) + 1
        common = {"id": UUID(int=1000 + number), "log_seq": number, "corrects_id": wrong.id}
        right = replace(wrong, **common, recorded_at=self.row.written_at, reason=why, **says)
        self.entries.append(right)

    def would_have_been_ready(self, event: Event) -> None:
        self.step("would-have-been-ready", minutes=int(event["minutes"]))

    def leaves(self, _event: Event) -> None:
        self.step("left")


def signs_of(readings: dict[str, str]) -> dict[str, Any]:
    """The signs of a line, and the oxygen that SpO2 was measured on: 0 is room air."""
    signs = {
        SIGN_OF.get(name, "blood_pressure"): value_of(name, words)
        for name, words in readings.items()
    }
    saturation = readings.get("SpO2", "")
    if not saturation[:1].isdigit():
        return {"signs": signs}
    return {"signs": signs, "oxygen_l_min": Decimal(oxygen_of(saturation))}


def oxygen_of(saturation: str) -> str:
    """Litres a minute: "91 on 2 L" is 2, "97" is on room air."""
    return saturation.split()[2] if " on " in saturation else "0"


def value_of(name: str, words: str) -> log.SignValue:
    """What a cell says: a value, unrecordable, or why it was not measured."""
    if words == "unrecordable":
        return log.Unrecordable()
    if not words[0].isdigit():
        return log.NotMeasured(log.NotMeasuredReason(words.replace(" ", "-")))
    if name == "BP":
        systolic, diastolic = words.split("/")
        return log.Measured(log.BloodPressure(int(systolic), int(diastolic)))
    return log.Measured(int(words.split(maxsplit=1)[0]))
