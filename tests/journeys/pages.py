"""This file is about people at the pages: what each of them does, as a sentence says it.

Everything is found by its role and its name, as somebody who cannot see the page finds it.
"""

import csv
import io
import re
import uuid
from datetime import datetime
from pathlib import Path
from typing import Self

from playwright.sync_api import Locator

from tests.factories import PASSWORD
from tests.journeys.flowsheet import Sheet
from tests.journeys.person import KEEPS, Person, about, is_an_entry, starting_with, wall

Rows = list[dict[str, str]]
WHEN = re.compile("^(Taken at|Given at|Since|At)$")
SAVE_READINGS = re.compile("^Save .+ · ")  # it names what is due, and her


class Chart(Person):
    """Somebody who works with the charts of patients."""

    session = ""

    def registers(self, sheet: Sheet) -> Self:
        """A new patient, her baby and the course of treatment."""
        given, family = sheet.heading["patient"].split(maxsplit=1)
        self.opens("/patients")
        self.page.get_by_role("link", name="New patient").first.click()
        for label, words in (
            ("Given name", given),
            ("Family name", family),
            ("Number", sheet.heading["number"]),
            ("Date of birth", sheet.heading["born"]),
            ("Date of delivery", sheet.heading["gave birth"]),
        ):
            self.page.get_by_label(label).fill(words)
        self.saves("Register")
        self.page.get_by_role("link", name="Add an infant").click()
        self.page.get_by_label("Given name").fill(sheet.heading["baby"])
        self.page.get_by_label("Date of birth").fill(sheet.heading["gave birth"])
        feeding = "Breast" if sheet.is_breastfeeding else "Formula"
        self.page.get_by_label("Feeding").select_option(label=feeding)
        self.saves(f"Save for {sheet.heading['patient']}")
        self.page.get_by_label(starting_with("Esketamine nasal spray")).check()
        return self.saves(f"Open a course for {sheet.heading['patient']}")

    def finds(self, sheet: Sheet) -> Self:
        """Open her chart by a part of her name."""
        self.opens("/patients")
        self.page.get_by_role("searchbox", name=starting_with("Name, date of birth")).fill(
            sheet.heading["patient"].split()[1].lower()
        )
        self.page.get_by_role("link", name=sheet.heading["patient"]).click()
        return self

    def plans_the_session(self, sheet: Sheet) -> Self:
        """The order for today."""
        self.page.get_by_role("link", name="Plan a session").click()
        self.page.get_by_label("Planned for").fill(wall(sheet.planned_at))
        self.page.get_by_label("Room or chair").fill(sheet.heading["room"])
        self.page.get_by_label(f"{sheet.mg} mg").check()
        self.page.get_by_label(sheet.heading["ordered by"]).check()
        self.page.get_by_label("read back to the prescriber").check()
        self.page.get_by_label("Agreed pause").fill(sheet.pause_hours or "")
        self.saves("Plan this session")
        self.session = self.page.url
        return self

    def looks(self) -> Self:
        """Open the session as it is now."""
        return self.opens(self.session)

    def alert(self, title: str) -> Locator:
        """The panel of an open alert, by the beginning of its title; one that is watched waits
        behind its name."""
        panel = self.page.locator("[data-alert]").filter(
            has=self.page.locator("h2").get_by_text(starting_with(title))
        )
        watched = self.page.locator("a.c-watching")
        if not panel.is_visible() and watched.count():
            watched.click()
        return panel


class Nurse(Chart):
    """The nurse beside her."""

    email = "nurse@clinic.example"

    def checks_her_in(self, born_on: str) -> Self:
        """She says her date of birth."""
        self.page.get_by_label("Her date of birth").fill(born_on)
        return self.saves(starting_with("Check in "))

    def answers(self, item: str, answer: str) -> Self:
        """One tap on an item of a list."""
        name = about(answer.capitalize(), item)
        if not self.button(name).count():
            menu = rf"(Change the answer|Other answer, or words): {re.escape(item)}"
            self.unfolds(re.compile(menu))
        return self.saves(name)

    def gives_a_device(
        self, moment: datetime, number: str, lot: str, expires: str, outcome: str
    ) -> Self:
        """One device with its lot."""
        dose = self.page.locator("[aria-labelledby=dose-title]")
        self.says_when(moment, self.goes_into(starting_with(f"Device {number}"), dose))
        self.page.get_by_label(f"Lot, device {number}").fill(lot)
        self.page.get_by_label(f"Expiry, device {number}").fill(expires)
        delivered = self.page.get_by_role("group", name="Delivered")
        delivered.get_by_label({"complete": "In full", "partial": "Partly"}[outcome]).check()
        start = "Start: device 1 given" if number == "1" else f"Device {number} given"
        return self.saves(starting_with(start))

    def types_a_number(self, sign: str, words: str) -> Self:
        """A number into the box of a sign, with nothing else."""
        self.goes_to_the_readings()
        self.page.get_by_role("textbox", name=starting_with(sign)).fill(words)
        return self

    def chooses(self, scale: str, score: str) -> Self:
        """A score of a scale."""
        self.goes_to_the_readings()
        options = self.page.get_by_role("group", name=starting_with(scale))
        options.get_by_role("radio", name=starting_with(score)).check()
        return self

    def says_why_not(self, sign: str, why: str) -> Self:
        """Why a sign has no value: its place is tapped, then the key that asks for the reason."""
        self.goes_to_the_readings()
        title = self.page.locator(".head, legend").get_by_text(sign)
        part = self.readings_form().locator("[data-sign]").filter(has=title)
        box = part.locator("input").first
        box.focus()
        pad = self.page.get_by_role("region", name="Number pad")
        pad.get_by_role("button", name="Not measured").click()
        pad.get_by_role("button", name=why, exact=True).click()
        return self

    def goes_to_the_readings(self) -> None:
        """Their form, where something else stands in its place."""
        form = self.page.locator("#observation-form")
        if form.count() and not form.is_visible():
            self.page.locator("a.when-place").click()

    def says_when(self, moment: datetime, within: Locator | None = None) -> Self:
        """When it was: the field that every form of an entry has, whatever it is called there."""
        place = within or self.page
        taken = place.get_by_role("button", name=starting_with("Taken "))
        if taken.count() and taken.is_visible():
            taken.click()
        field = place.get_by_label(WHEN).locator("visible=true")
        field.fill(wall(moment))
        return self

    def sends(self, **says: str) -> Self:
        """One entry as the tablet sends it by itself."""
        token = self.page.locator("input[name=csrf_token]").first.input_value()
        answer = self.page.request.put(
            f"{self.session}/entries/{uuid.uuid4()}", data=says, headers={"X-CSRFToken": token}
        )
        assert answer.status == 201, answer.text()
        return self

    def readings_form(self) -> Locator:
        """The form of one set of readings."""
        return self.page.locator("form").filter(has=self.page.get_by_label("Systolic, mmHg"))

    def saves_the_readings(self) -> Self:
        """The one big button, whatever it says is due; an unlikely value is asked once."""
        save = self.button(SAVE_READINGS)
        if not save.evaluate(KEEPS):
            return self.saves(SAVE_READINGS)
        with self.page.expect_response(is_an_entry) as answer:
            save.click()
            keep = self.page.get_by_role("button", name="Keep", exact=True)
            if keep.count():
                keep.click()
        assert answer.value.ok, answer.value.text()
        self.is_behind = True
        return self

    def notes(self, moment: datetime, words: str) -> Self:
        """A note."""
        part = self.goes_into("Note", self.page.locator("[aria-labelledby=note]"))
        part.get_by_role("textbox", name="Note", exact=True).fill(words)
        return self.says_when(moment, part).saves("Save note", part)

    def intervenes(self, moment: datetime, category: str, words: str = "", **medicine: str) -> Self:
        """Something that was done for her."""
        part = self.goes_into("Intervention", self.page.locator("[aria-labelledby=intervention]"))
        part.get_by_label("What was done").select_option(category)
        for label, value in medicine.items():
            part.get_by_label(starting_with(label.replace("_", " ").capitalize())).fill(value)
        part.get_by_label(starting_with("In words")).fill(words)
        return self.says_when(moment, part).saves("Save intervention", part)

    def sees_a_side_effect(self, moment: datetime, term: str, severity: str) -> Self:
        """A side effect that begins; the usual ones have a button each, the others a list."""
        words, grade = term.capitalize(), severity.capitalize()
        part = self.page.get_by_role("region", name="Side effects")
        link = part.get_by_role("link", name=re.compile(rf"^Add {re.escape(words)}\\??$"))
        is_usual = link.count() > 0
        (link if is_usual else part.get_by_role("link", name="Another side effect")).click()
        part = part.locator("form.c-sev.is-open")
        self.unfolds("Time, serious, in words", part)
        if not is_usual:
            part.get_by_label("Which side effect").select_option(label=words)
        part.get_by_label(grade, exact=True).check()
        return self.says_when(moment, part).saves(starting_with("Done"), part)

    def sees_it_resolved(self, term: str) -> Self:
        """A side effect that is over now."""
        return self.saves(about("Resolved", term.capitalize()))

    def stops_dosing(self, why: str) -> Self:
        """No more is given."""
        part = self.unfolds("Stop session")
        part.get_by_label("Another reason").fill(why)
        return self.saves("Stop the dose", part)

    def takes_up(self, title: str, action: str) -> Self:
        """Acknowledge an alert with what was done."""
        panel = self.alert(title)
        panel.get_by_label("Action taken").fill(action)
        return self.saves(starting_with("Save action"), panel)

    def corrects_the_pressure(self, at: str, pressure: str, why: str) -> Self:
        """A slip: the entry once more, with its reason."""
        self.looks_at_the_entry(at, "observation")
        for label, number in zip(("Systolic", "Diastolic"), pressure.split("/"), strict=True):
            self.types_a_number(label, number)
        return self.says_why_it_is_corrected(why)

    def corrects_the_lot(self, at: str, lot: str, why: str) -> Self:
        """A lot that was read wrongly."""
        self.looks_at_the_entry(at, "administration")
        self.page.get_by_label("Lot").fill(lot)
        return self.says_why_it_is_corrected(why)

    def corrects_the_severity(self, at: str, severity: str, why: str) -> Self:
        """A side effect that was graded wrongly."""
        self.looks_at_the_entry(at, "adverse-event")
        grades = self.page.get_by_role("group", name="Severity")
        grades.get_by_label(severity.capitalize()).check()
        return self.says_why_it_is_corrected(why)

    def looks_at_the_entry(self, at: str, kind: str) -> None:
        """The form of an entry that is in the log."""
        link = self.page.get_by_role("link", name=about("Correct", f"{at} {kind}"))
        if not link.count():
            self.page.get_by_role("link", name="Log", exact=True).click()
        link.click()

    def says_why_it_is_corrected(self, why: str) -> Self:
        """The reason, and the page of the session again."""
        self.page.get_by_label("Why it is corrected").fill(why)
        return self.saves(starting_with("Save correction"))

    def goes_to_the_discharge_check(self) -> Self:
        """The page on which she asks the last questions."""
        return self.opens(f"{self.session}/discharge")

    def signs(self, ready_minute: str | None = None) -> Self:
        """She left now; the password locks the session."""
        if ready_minute is not None:
            self.page.get_by_label(starting_with("Would have been ready")).fill(ready_minute)
        self.page.get_by_label("Your password", exact=True).fill(PASSWORD)
        return self.saves(starting_with("Sign and lock"))


class Psychiatrist(Chart):
    """The psychiatrist on call."""

    email = "psychiatrist@clinic.example"

    def closes(self, title: str, why: str) -> Self:
        """Close an alert by hand, with the reason."""
        part = self.unfolds("Close by hand", self.alert(title))
        part.get_by_label("Why it is closed").fill(why)
        return self.saves(starting_with("Close this alert"), part)


class Administrator(Person):
    """The administrator."""

    email = "administrator@clinic.example"

    def exports(self, table: str, day: str, last_day: str = "") -> Rows:
        """Download one file of one day, or until a last one. Returns its rows."""
        self.opens("/reports")
        builder = self.page.locator("#export")
        builder.get_by_label("From", exact=True).fill(day)
        builder.get_by_label("To", exact=True).fill(last_day or day)
        builder.get_by_role("checkbox", name=starting_with("Identified")).check()
        builder.get_by_role("textbox", name="Your password").fill(PASSWORD)
        builder.get_by_label("Purpose").fill("Compared with the paper")
        builder.get_by_text("One table at once").click()
        with self.page.expect_download() as download:
            builder.get_by_role("button", name=table.capitalize(), exact=True).click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))
