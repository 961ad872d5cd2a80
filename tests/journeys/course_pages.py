"""This file is about people at the pages of a course: what each stage lets them do, in sentences.

Everything is found by its role and its name, as somebody who cannot see the page finds it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from playwright.sync_api import Locator, expect

from clinic.evaluation.library import checklist
from clinic.evaluation.rules import Kind, Question, Section
from tests.factories import PASSWORD
from tests.journeys.course_story import IDA
from tests.journeys.pages import Nurse, Person, Psychiatrist, starting_with

Scores = Mapping[str, int]
YES_NO = {"yes": "Yes", "no": "No"}


def plain(words: str) -> str:
    """Words on one line, whatever kind of space stands between them."""
    return " ".join(words.split())


class Colleague(Person):
    """Somebody of the team, as far as she may read. `course`: the address of its front page."""

    course = ""

    def turns_to(self, page: str = "") -> Self:
        """Open a page of the course."""
        return self.opens(f"{self.course}{page}")

    def sees(self, words: str | re.Pattern[str], within: Locator | None = None) -> Self:
        """These words stand on the page."""
        expect((within or self.page).get_by_text(words).first).to_be_visible()
        return self

    def misses(self, words: str | re.Pattern[str]) -> Self:
        """These words do not stand there."""
        expect(self.page.get_by_text(words)).to_have_count(0)
        return self

    def panel(self, name: str | re.Pattern[str]) -> Locator:
        """A part of the page, by its heading."""
        return self.page.get_by_role("region", name=name, exact=True)

    def follows(self, link: str | re.Pattern[str], within: Locator | None = None) -> Self:
        """Follow a link."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=link).first.click()
        return self

    def checks(self, question: str | re.Pattern[str], answer: str | re.Pattern[str]) -> Self:
        """One answer of a few that stand side by side."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_role("radio", name=answer, exact=True).check()
        return self

    def fills(self, words: Mapping[str, str]) -> Self:
        """Boxes, by the beginnings of their labels."""
        for label, value in words.items():
            self.page.get_by_role("textbox", name=starting_with(label)).fill(value)
        return self

    def status_of(self, page: str) -> int:
        """What the server says to somebody who types this address."""
        return self.page.request.get(f"{self.course}{page}").status

    def status_of_sending(self, page: str, **fields: str) -> int:
        """What it says to a form sent past the page."""
        token = self.page.locator("input[name=csrf_token]").first.input_value()
        sent = {"csrf_token": token, **fields}
        return self.page.request.post(f"{self.course}{page}", form=sent).status

    def rows(self, table: str) -> list[list[str]]:
        """The cells of a table, line by line, also of one that is folded away."""
        lines = self.page.locator("table").filter(
            has=self.page.locator("caption").get_by_text(table, exact=True)
        )
        return [
            [plain(cell) for cell in line.locator("th, td").all_text_contents()]
            for line in lines.locator("tbody tr").all()
        ]


class Rater(Colleague):
    """Somebody who fills in scales."""

    def rates(self, answers: Scores, how: str) -> Self:
        """The scale whose page is open, item by item."""
        for number, score in answers.items():
            item = self.page.get_by_role("group", name=re.compile(rf"^{number}(?!\d)"))
            words = {0: "No", 1: "Yes"}.get(score, "") if self.asks_yes_or_no(item) else str(score)
            item.get_by_role("radio", name=re.compile(rf"^{words}\b")).check()
        return self.checks("How", how).saves(starting_with("Save for "))

    def comes_to(self, result: str) -> Self:
        """What the answers that were saved came to."""
        expect(self.panel("What it came to")).to_contain_text(result)
        return self

    @staticmethod
    def asks_yes_or_no(item: Locator) -> bool:
        """Whether an item has words instead of numbers."""
        return item.get_by_role("radio", name="Yes", exact=True).count() == 1


class CallingNurse(Nurse, Rater):
    """The nurse beside her, and on the telephone the day after."""

    def opens_the_call(self) -> Self:
        """The first call on the work list."""
        return self.opens("/follow-ups").follows(re.compile(r": 24 hours after the dose"))

    def is_answered(self, born_on: str, effects: Mapping[str, str]) -> Self:
        """She answers, says her date of birth, and how she was since; signed at the end."""
        self.checks("Who answers", "She answers")
        self.page.get_by_label("Your password", exact=True).fill(PASSWORD)
        self.page.get_by_label(starting_with("Her date of birth")).fill(born_on)
        questions = self.page.get_by_role("region", name="Since the session").get_by_role("group")
        for question in questions.all():
            name = question.locator("legend").inner_text()
            answer = "No" if question.get_by_label("No", exact=True).count() else "None"
            question.get_by_role("radio", name=effects.get(name, answer), exact=True).check()
        return self

    def asks_for_the_baby(self, baby: str, answers: Mapping[str, str]) -> Self:
        """Each question of the infant; No where nothing else is said."""
        for question in self.panel(baby).get_by_role("group").all():
            name = question.locator("legend").inner_text()
            question.get_by_role("radio", name=answers.get(name, "No"), exact=True).check()
        return self


class Prescriber(Psychiatrist, Rater):
    """The psychiatrist who evaluates, and who decides."""

    def opens_a_course(self, patient: str, protocol: str) -> Self:
        """Her course, from her chart."""
        self.opens("/patients").follows(patient)
        self.page.get_by_role("radio", name=starting_with(protocol)).check()
        self.saves(f"Open a course for {patient}")
        self.course = self.page.url
        return self

    def describes_it(self, text: str, code: str, onset: str, week: str) -> Self:
        """Diagnosis and onset."""
        self.turns_to("/edit").fills({"Diagnosis": text, "ICD-10 code": code, "In week": week})
        return self.checks("When it began", onset).saves(starting_with("Save for "))

    def witnesses_consent(self, patient: str, talked_on: str, name: str) -> Self:
        """Three talks, the name she types, the password of her witness."""
        self.turns_to("/consent/sign")
        for day in self.page.get_by_label("Day of the talk").all():
            day.fill(talked_on)
        for with_whom in self.page.get_by_label("Talk with").all():
            with_whom.select_option(label=name)
        self.fills({"Her name": patient})
        self.page.get_by_label("Your password, as witness").fill(PASSWORD)
        return self.saves(f"Sign as witness for {patient}")

    def hands_in(self, code: str, said: Mapping[str, str]) -> Self:
        """A section of the evaluation, as the page asks it."""
        section = checklist().section(code)
        assert section is not None
        self.turns_to(f"/evaluation?section={code}")
        panel = self.panel(section.title)
        for question, within in self.asked(section, panel):
            if question.code in said:
                self.answers_it(question, said[question.code], within)
        return self.saves(starting_with("Hand in"), panel)

    def asked(self, section: Section, panel: Locator) -> Iterator[tuple[Question, Locator]]:
        """Each question with the part of the page in which it stands."""
        for question in section.questions:
            yield question, panel
        for number in range(1, section.rows.most + 1) if section.rows else ():
            name = f"{section.rows.word} {number}" if section.rows else ""
            row = panel.get_by_role("group", name=name, exact=True)
            for question in section.row(number):
                yield question, row

    def answers_it(self, question: Question, answer: str, within: Locator) -> None:
        """One question: words are chosen, or typed."""
        if question.kind in (Kind.YES_NO, Kind.CHOICE):
            words = {o.code: o.text for o in question.options} or YES_NO
            choices = within.get_by_role("group", name=question.text, exact=True)
            choices.get_by_role("radio", name=words[answer], exact=True).check()
            return
        box = within.get_by_label(starting_with(question.text))
        if not box.is_visible():
            self.unfolds(re.compile(rf"^Trial {question.code[-1]}$"))
        box.fill(answer)

    def corrects_it(self, code: str, question: str, answer: str) -> Self:
        """One answer of a section that was handed in."""
        self.turns_to(f"/evaluation?section={code}").checks(question, answer)
        return self.saves(starting_with("Hand in"))

    def missing(self) -> int:
        """How many required questions the page says are open."""
        found = re.search(r"(\d+) open", self.panel("Missing").inner_text())
        assert found
        return int(found.group(1))

    def flags(self) -> str:
        """What the page says it computed from the answers."""
        return self.panel("Computed from the answers").inner_text()

    def answers_the_scale(self, name: str, answers: Scores) -> Self:
        """A scale of the baseline, from the section on severity."""
        self.turns_to("/evaluation?section=severity")
        return self.follows(f"Answer {name}").rates(answers, "In a visit")

    def reviews_the_safety_answer(self, step: str, text: str) -> Self:
        """What was done about it."""
        panel = self.panel("Review in this visit")
        panel.get_by_label("What was done").select_option(label=step)
        panel.get_by_label("In your words").fill(text)
        return self.saves(starting_with("Save the review"), panel)

    def decides(self, decision: str, reason: str) -> Self:
        """The decision of the evaluation, signed."""
        self.turns_to("/evaluation?section=decision").checks("Decision", decision)
        self.fills({"Reason": reason}).page.get_by_label("Your password", exact=True).fill(PASSWORD)
        return self.saves(starting_with("Sign the decision"))

    def outcome(self) -> list[str]:
        """What the page says of each moment, on one line each."""
        found = self.page.get_by_role("list", name="Outcome").get_by_role("listitem")
        return [plain(words) for words in found.all_inner_texts()]

    def signs_what_comes_next(self, decision: str, reason: str, read: Iterable[str]) -> Self:
        """The decision after a session, signed, with the alerts that were read."""
        self.checks("What happens next?", decision).fills({"Reason": reason})
        for alerts in read:
            self.page.get_by_role("checkbox", name=re.compile(alerts)).check()
        self.page.get_by_label("Your password", exact=True).fill(PASSWORD)
        return self.saves(starting_with("Sign as "))


class Therapist(Colleague):
    """The therapist, who sees her between the doses."""

    email = "therapist@clinic.example"

    def logs_the_talk(self, dose: str, at: str, minutes: str, line: str) -> Self:
        """The talk that is offered after a dose, held by herself."""
        self.turns_to("/integration").follows(f"Log a talk after dose {dose}")
        self.page.get_by_label("Date and time").fill(at)
        self.page.get_by_label("Held by").select_option(label=IDA)
        self.fills({"Length": minutes, "Line shared": line})
        return self.saves(starting_with("Save for "))


class Auditor(Colleague):
    """The auditor, who sees who looked."""

    email = "auditor@clinic.example"

    def asks_who_viewed(self, number: str) -> set[tuple[str, str]]:
        """(who, which page) of every opening of her record that the page lists."""
        self.opens("/trail/who-viewed").fills({"Patient number": number}).presses("Show who viewed")
        return {(who, page) for _, who, page, _ in self.rows_of_every_page(number)}

    def rows_of_every_page(self, number: str) -> Iterator[list[str]]:
        """The openings, page by page."""
        table = f"Openings of the record of {number}, newest first"
        yield from self.rows(table)
        while self.page.get_by_role("link", name="Older").count():
            self.follows("Older")
            yield from self.rows(table)
