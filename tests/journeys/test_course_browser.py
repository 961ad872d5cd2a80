"""This journey carries one course through its four stages, from evaluation to report, in Chromium.

A psychiatrist evaluates and signs, a nurse gives two sessions and calls the day after the first, a
therapist logs the talk, the psychiatrist reads the course and decides, an administrator exports, an
auditor sees who looked. Of the sessions the decisive steps are typed; the other lines are sent as
the tablet sends them, because other journeys type whole sheets.

Every number that is expected was worked out by hand from what is typed here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from clinic.accounts.models import Clinic
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.courses.actions import publish_shipped_wording
from clinic.protocols.rules import Item
from tests.clock import Clock
from tests.evaluation.room import NOTHING_AGAINST
from tests.factories import CLINIC_ID, PASSWORD, make_infant, make_patient, make_user
from tests.journeys.as_entries import PLAN
from tests.journeys.conftest import page_of
from tests.journeys.course_pages import Auditor, CallingNurse, Prescriber, Therapist
from tests.journeys.course_story import (
    AIKO,
    BEFORE,
    BORN,
    CALL,
    CHIDI,
    DAY_1,
    DAY_28_AHEAD,
    DAY_28_PAST,
    EXPIRES,
    FIRST,
    IDA,
    LABELS,
    LOT,
    MAYA,
    NUMBER,
    READ_OR_WRITTEN,
    SECOND,
    SEEN,
    TABLES,
    TALK_PAGES,
    TOMAS,
    Line,
    at,
    exported,
    order,
)
from tests.journeys.pages import Administrator, starting_with

pytestmark = pytest.mark.journey


@dataclass
class Team:
    """Everybody with a device of their own, and the one clock."""

    clock: Clock
    psychiatrist: Prescriber
    nurse: CallingNurse
    therapist: Therapist
    administrator: Administrator
    auditor: Auditor

    def meet_the_course(self) -> None:
        """Everybody has the address that the psychiatrist opened."""
        for person in (self.nurse, self.therapist, self.auditor):
            person.course = self.psychiatrist.course


@pytest.fixture
def team(
    app: Flask,
    staff: Acting,
    clock: Clock,
    page: Page,
    new_context: Callable[[], BrowserContext],
) -> Team:
    """The people of Harbour Clinic, Maya Osei and her son, and a wording of consent."""
    clock.now = at(9, "09:00")
    with app.app_context(), act_as(staff), job():
        db.session.get_one(Clinic, CLINIC_ID).idle_minutes = 600
        make_user(role=Role.THERAPIST, full_name=IDA)
        make_user(role=Role.AUDITOR, full_name=TOMAS)
        born = date(2026, 1, 12)
        maya = make_patient(allergy_answer="none-known", gave_birth_on=born)
        make_infant(maya, feeding="breast", born_on=born)
        publish_shipped_wording("esketamine")
    people = (CallingNurse, Therapist, Administrator, Auditor)
    others = [person(page_of(new_context()), clock) for person in people]
    return Team(clock, Prescriber(page, clock), *others)


def test_a_course_is_carried_from_its_evaluation_to_the_report(team):
    opens_and_is_refused(team)
    evaluates(team)
    answers_scales_and_reviews(team)
    signs(team)
    gives_the_first_dose(team)
    calls_the_day_after(team)
    talks(team)
    gives_the_second_dose(team)
    decides(team)
    exports(team)
    audits(team)


def opens_and_is_refused(team: Team) -> None:
    """Day 0: no session before an evaluation and a consent are signed."""
    he = team.psychiatrist
    he.opens_a_course(MAYA, "Esketamine nasal spray")
    team.meet_the_course()
    he.describes_it("Depression, onset after birth", "f53.0", "After the birth", "2")

    he.turns_to("/sessions/new")
    he.sees("No evaluation is signed. A psychiatrist signs it on the page Evaluation.")
    expect(he.button("Plan this session")).to_have_count(0)
    assert he.status_of_sending("/sessions/new") == 409
    he.turns_to("/evaluation?section=decision").sees("Her consent is not signed")
    he.witnesses_consent(MAYA, "2026-02-09", "Dr Chidi Okafor").sees("Her consent holds.")


def evaluates(team: Team) -> None:
    """The sections, one of them with a contraindication by mistake."""
    he = team.psychiatrist
    he.turns_to("/evaluation")
    open_items = [he.missing()]
    for code, said in NOTHING_AGAINST.items():
        wrong = {"aneurysm": "yes"} if code == "contraindications" else {}
        open_items.append(he.hands_in(code, said | wrong).missing())
    assert open_items == sorted(set(open_items), reverse=True)
    assert open_items[-1] == 0

    assert "Contraindicated: aneurysm or arteriovenous malformation." in he.flags()
    he.turns_to("/evaluation?section=decision").sees("“Eligible” is not offered: Contraindicated")
    he.corrects_it("contraindications", "Aneurysm or arteriovenous malformation", "No")
    assert "Contraindicated" not in he.flags()


def answers_scales_and_reviews(team: Team) -> None:
    """MADRS in two forms, PHQ-9, EPDS with one safety answer: all before the first dose."""
    he = team.psychiatrist
    for scale, answers, result in BEFORE:
        he.turns_to("/evaluation?section=decision").sees("“Eligible” opens when nothing is missing")
        he.answers_the_scale(scale, answers).comes_to(result)

    he.turns_to("/evaluation?section=decision").sees("Nobody decides before these are reviewed")
    expect(he.button("Sign the decision")).to_have_count(0)
    decision = {"decision": "later", "reason": "Later.", "password": PASSWORD}
    assert he.status_of_sending("/evaluation/decision", **decision) == 422
    he.turns_to("/evaluation?section=severity").follows("Review", he.page.get_by_role("main"))
    he.reviews_the_safety_answer("Spoke with her, nothing further needed now", "A passing thought.")


def signs(team: Team) -> None:
    """The nurse cannot; the psychiatrist signs, and plans the first session."""
    she, he = team.nurse, team.psychiatrist
    she.turns_to("/evaluation?section=decision")
    she.sees("A psychiatrist decides and signs with a password; computed flags never decide.")
    eligible = {"decision": "eligible", "reason": "Two trials failed.", "password": PASSWORD}
    assert she.status_of_sending("/evaluation/decision", **eligible) == 403

    he.decides("Eligible, plan the course", "Two trials failed; she wants it.")
    he.sees("8 of 8 sections complete").finds(order(11, 56)).plans_the_session(order(11, 56))


def gives_the_first_dose(team: Team) -> None:
    """56 mg: checked in, dosed, watched, an alert taken up, discharged and signed by the nurse."""
    she = team.nurse
    she.session = team.psychiatrist.session
    arrives(team, 11)
    she.answers(PLAN.pre_dose[1].text, "yes")
    answers_the_list(team, PLAN.pre_dose[2:], at(11, "09:48"))
    sends_readings(team, 11, FIRST[:1])
    team.clock.now = at(11, "10:00")
    she.looks().gives_a_device(at(11, "10:00"), "1", LOT, EXPIRES, "complete")
    sends_a_device(team, 2, at(11, "10:05"))
    sends_readings(team, 11, FIRST[1:3])
    she.looks().sees_a_side_effect(at(11, "10:31"), "nausea", "mild")
    types_the_severe_reading(team)
    sends_readings(team, 11, FIRST[4:])
    she.looks().sees_it_resolved("nausea")
    leaves(team, 11)


def arrives(team: Team, day: int) -> None:
    """She is checked in at a quarter to ten."""
    team.clock.now = at(day, "09:45")
    team.nurse.looks().checks_her_in(BORN)


def answers_the_list(team: Team, items: Iterable[Item], moment: datetime) -> None:
    """Items as they are expected."""
    team.clock.now = moment
    for item in items:
        says = {"effective_at": moment.isoformat(), "item": item.code, "answer": item.expected}
        team.nurse.sends(kind="check", **says)


def sends_readings(team: Team, day: int, lines: Iterable[Line]) -> None:
    """Sets of readings at their times, all on air."""
    for wall, *numbers in lines:
        team.clock.now = at(day, wall)
        says = dict(zip(SEEN, map(str, numbers), strict=True))
        moment = team.clock.now.isoformat()
        team.nurse.sends(kind="observation", effective_at=moment, oxygen_l_min="0", **says)


def sends_a_device(team: Team, number: int, moment: datetime) -> None:
    """A device given in full."""
    team.clock.now = moment
    says = {"event": "device", "device_number": str(number), "outcome": "complete"}
    says |= {"lot": LOT, "expires_on": EXPIRES, "effective_at": moment.isoformat()}
    team.nurse.sends(kind="administration", **says)


def types_the_severe_reading(team: Team) -> None:
    """162/98 at minute 40, typed; its alert is acknowledged with what was done."""
    she = team.nurse
    team.clock.now = at(11, "10:40")
    she.looks()
    for label, number in zip(LABELS, FIRST[3][1:6], strict=True):
        she.types_a_number(label, str(number))
    she.types_a_number("O₂", "0").chooses("Sedation", "4").chooses("Dissociation", "3")
    she.saves_the_readings()
    she.takes_up("Blood pressure", "On her left side, psychiatrist told, again in 5 min")


def leaves(team: Team, day: int) -> None:
    """The last questions and the signature that locks the session."""
    answers_the_list(team, PLAN.discharge.items, at(day, "12:02"))
    team.clock.now = at(day, "12:05")
    team.nurse.goes_to_the_discharge_check().signs("120")


def calls_the_day_after(team: Team) -> None:
    """24 hours: from the work list, with C-SSRS, MADRS of 24 hours, CGI-I and the infant."""
    she = team.nurse
    team.clock.now = at(12, "10:20")
    she.opens_the_call().sees("Agreed pause ended Wed 11 Feb 22:05")
    for scale, answers, result in CALL:
        she.follows(f"Enter {scale}").rates(answers, "In a call").comes_to(result).opens_the_call()
    she.is_answered(BORN, {"Headache": "Mild"}).asks_for_the_baby("Kofi", {})
    she.checks("Next step", starting_with("As planned")).saves(starting_with("Save contact"))
    [done] = she.opens("/follow-ups").rows("Done since yesterday")
    assert done[0].startswith(MAYA)


def talks(team: Team) -> None:
    """29 hours after the dose, inside the window of 24 to 72 hours."""
    she = team.therapist
    team.clock.now = at(12, "16:00")
    she.logs_the_talk("1", "2026-02-12T15:00", "50", "Fear at the start, then calm")
    she.sees("after dose 1, 29 h").sees("Fear at the start, then calm")
    assert she.status_of("/sessions/new") == 403


def gives_the_second_dose(team: Team) -> None:
    """84 mg two days later; nothing is out of its limits."""
    she = team.nurse
    team.clock.now = at(13, "09:30")
    she.finds(order(13, 84)).plans_the_session(order(13, 84))
    arrives(team, 13)
    answers_the_list(team, PLAN.pre_dose[1:], at(13, "09:48"))
    sends_readings(team, 13, SECOND[:1])
    for number, wall in enumerate(("10:00", "10:05", "10:10"), 1):
        sends_a_device(team, number, at(13, wall))
    sends_readings(team, 13, SECOND[1:])
    leaves(team, 13)


def decides(team: Team) -> None:
    """Read after the second session, signed by the psychiatrist alone; read again in March."""
    he, she = team.psychiatrist, team.nurse
    team.clock.now = at(16, "10:00")
    refused = {"decision": "stop", "reason": "No.", "password": PASSWORD}
    assert she.opens("/follow-ups").status_of_sending("/review/decision", **refused) == 403

    day_1, _, _, day_28, *_ = he.turns_to("/review").outcome()
    assert (day_1.startswith(DAY_1), day_28.startswith(DAY_28_AHEAD)) == (True, True)
    assert {table: he.rows(table) for table in TABLES} == TABLES
    he.signs_what_comes_next("Continue as planned", "Partial response at 24 h.", ["session 1"])
    he.sees("Signed by Dr Chidi Okafor, Mon 16 Feb 2026, 10:00")

    team.clock.now = at(16, "10:00", month=3)
    day_1, _, _, day_28, *_ = he.turns_to("/review").outcome()
    assert (day_1.startswith(DAY_1), day_28.startswith(DAY_28_PAST)) == (True, True)


def exports(team: Team) -> None:
    """Five files of the days of this course hold what was typed."""
    for table, wanted in exported().items():
        rows = team.administrator.exports(table, "2026-02-09", "2026-02-13")
        assert len(rows) == len(wanted), table
        for row, cells in zip(rows, wanted, strict=True):
            assert {column: row[column] for column in cells} == cells, table


def audits(team: Team) -> None:
    """Who opened her record is listed, the auditor too, who has no way into it himself."""
    seen = team.auditor.asks_who_viewed(NUMBER)

    assert {who for who, _ in seen} == {AIKO, CHIDI, IDA, TOMAS}
    assert {page for who, page in seen if who == IDA} == TALK_PAGES
    assert seen >= READ_OR_WRITTEN
    assert team.auditor.status_of("") == 403
    assert team.administrator.page.request.get(team.psychiatrist.course).status == 403
