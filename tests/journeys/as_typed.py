"""This file is about typing a flowsheet into the pages, line by line, as it happens."""

from clinic.protocols.rules import Item, SessionPlan
from tests.journeys.flowsheet import ZONE, Event, Row, Sheet
from tests.journeys.pages import Nurse, Psychiatrist

NUMBERS = {"HR": "Heart rate", "RR": "Resp. rate", "SpO2": "SpO₂"}
SCALES = {"MOAA/S": "Sedation", "dissociation": "Dissociation"}
SIGNS = NUMBERS | SCALES | {"BP": "Blood pressure"}
# How the title of an alert begins.
TITLES = {
    "blood pressure": "Blood pressure",
    "heart rate": "Heart rate",
    "SpO2": "SpO₂",
    "symptom": "Emergency",
}


TAPPED = "crossing-midnight"


class Typing:
    """A nurse (and, where a line asks for him, a psychiatrist) with a sheet in her hand."""

    def __init__(
        self, sheet: Sheet, plan: SessionPlan, nurse: Nurse, psychiatrist: Psychiatrist
    ) -> None:
        self.sheet, self.plan = sheet, plan
        self.nurse, self.psychiatrist = nurse, psychiatrist
        self.row = sheet.rows[0]
        self.ready_minute: str | None = None

    def types_everything(self) -> None:
        """Each line at its time."""
        for row in self.sheet.rows_as_written():
            self.nurse.clock.now = row.written_at
            self.types(row)

    def types(self, row: Row) -> None:
        """The readings of a line, then its note, then its events: the last of them may lock."""
        self.row = row
        self.nurse.looks()  # a tablet's own clock goes on; a page in a test is as old as its answer
        if row.readings:
            self.readings(row)
        if row.note:
            self.nurse.notes(row.at, row.note)
        for event in row.events:
            getattr(self, event.name.replace("-", "_"))(event)

    def readings(self, row: Row) -> None:
        for name, words in row.readings.items():
            self.reading(name, words)
        self.nurse.says_when(row.at, self.nurse.readings_form()).saves_the_readings()

    def reading(self, name: str, words: str) -> None:
        if not words[0].isdigit():
            self.nurse.says_why_not(SIGNS[name], words.capitalize())
        elif name == "BP":
            systolic, diastolic = words.split("/")
            self.nurse.types_a_number("Systolic", systolic)
            self.nurse.types_a_number("Diastolic", diastolic)
        elif name in SCALES:
            self.nurse.chooses(SCALES[name], words)
        else:
            self.nurse.types_a_number(NUMBERS[name], words.split(maxsplit=1)[0])
            if name == "SpO2":
                self.nurse.types_a_number("O₂", words.split()[2] if " on " in words else "0")

    def arrives(self, _event: Event) -> None:
        self.nurse.checks_her_in(self.sheet.heading["born"])

    def list_answered(self, _event: Event) -> None:
        for item in self.plan.pre_dose:
            if item.code == "identity":
                continue  # answered by the date of birth that she said
            if self.sheet.is_breastfeeding or not item.if_breastfeeding:
                self.answers(item)

    def answers(self, item: Item) -> None:
        """Twenty taps are tried with one sheet; with the others her tablet sends them."""
        if self.sheet.name == TAPPED:
            self.nurse.answers(item.text, item.expected)
        else:
            at = self.row.at.isoformat()
            self.nurse.sends(kind="check", effective_at=at, item=item.code, answer=item.expected)

    def device(self, event: Event) -> None:
        words = event.words
        self.nurse.gives_a_device(
            self.row.at, words["number"], words["lot"], words["expires"], words["outcome"]
        )

    def dosing_stopped(self, event: Event) -> None:
        self.nurse.stops_dosing(event["why"])

    def onset(self, event: Event) -> None:
        self.nurse.sees_a_side_effect(self.row.at, event["term"], event["severity"])

    def over(self, event: Event) -> None:
        self.nurse.sees_it_resolved(event["term"])

    def acknowledged(self, event: Event) -> None:
        self.nurse.takes_up(TITLES[event["sign"]], event["action"])

    def closes(self, event: Event) -> None:
        self.psychiatrist.session = self.nurse.session
        self.psychiatrist.looks().closes(TITLES[event["sign"]], event["why"])

    def oxygen(self, event: Event) -> None:
        self.nurse.intervenes(self.row.at, "oxygen", event["flow"])

    def medicine(self, event: Event) -> None:
        words = event.words
        self.nurse.intervenes(
            self.row.at,
            "medicine",
            medicine=words["drug"],
            dose=words["dose"],
            route=words["route"],
            ordered_by=words["by"],
        )

    def asked(self, event: Event) -> None:
        if not self.nurse.page.url.endswith("/discharge"):
            self.nurse.goes_to_the_discharge_check()
        texts = {item.code: item.text for item in self.plan.discharge.items}
        for item, answer in event.words.items():
            self.nurse.answers(texts[item], answer)

    def corrects(self, event: Event) -> None:
        self.nurse.corrects_the_pressure(event["time"], event["pressure"], event["why"])

    def corrects_lot(self, event: Event) -> None:
        self.nurse.corrects_the_lot(self.at("device", event), event["lot"], event["why"])

    def corrects_severity(self, event: Event) -> None:
        at = self.at("onset", event)
        self.nurse.corrects_the_severity(at, event["severity"], event["why"])

    def at(self, name: str, event: Event) -> str:
        """When the event was, on the wall, that another one corrects."""
        word = "number" if name == "device" else "term"
        moments = [at for at, was in self.sheet.events(name) if was[word] == event[word]]
        return moments[0].astimezone(ZONE).strftime("%H:%M")

    def would_have_been_ready(self, event: Event) -> None:
        self.ready_minute = event["minutes"]

    def leaves(self, _event: Event) -> None:
        self.nurse.goes_to_the_discharge_check()
        self.nurse.signs(self.ready_minute)
