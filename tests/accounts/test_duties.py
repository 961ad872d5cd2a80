"""This file is about the page of duties (definitions D8.1): naming, accepting, handing over."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.actions import deactivate
from clinic.accounts.models import Duty
from clinic.accounts.queries import names_on_duty, on_duty
from clinic.core.acting import Acting, act_as
from clinic.core.db import apart, db, job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser, trail
from tests.clock import Clock
from tests.conftest import Work
from tests.factories import acting_as, make_clinic, make_other_clinic, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

VERSION = r'action="(/duties/[0-9a-f-]{36}/%s)".*?name="version" value="(\d+)"'


@dataclass(frozen=True)
class Ward:
    """Two nurses, a psychiatrist, an administrator; and who they are across the wall."""

    app: Flask
    people: dict[str, Acting]

    def browser(self, name: str) -> Browser:
        browser = Browser(self.app)
        browser.sign_in(f"{name}@clinic.example")
        return browser

    def name(self, by: Browser, kind: str, who: str, hours: str, **more: Any) -> TestResponse:
        first, last = hours.split("-")
        sent = {
            "kind": kind,
            "user_id": str(self.people[who].actor_id),
            "starts_at": f"2026-03-12T{first}",
            "ends_at": f"2026-03-12T{last}",
        }
        return by.post("/duties", page="/duties", **sent | more)

    def now(self, kind: str = "in-charge", at: datetime | None = None) -> list[str]:
        with self.app.app_context(), act_as(self.people["nurse"]):
            return [name for name, _ in on_duty(kind, at)]


@pytest.fixture
def ward(app: Flask) -> Ward:
    with app.app_context(), job():
        harbour, hill = make_clinic(), make_other_clinic()
        people = {
            "nurse": make_user(),
            "leo": make_user(full_name="Leo Marsh", email="leo@clinic.example"),
            "psychiatrist": make_user(role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr"),
            "administrator": make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist"),
            "auditor": make_user(role=Role.AUDITOR, full_name="Paul Adeyemi"),
        }
        stranger = make_user(clinic=hill, full_name="Nadia Rahman", email="hill@clinic.example")
        found = {name: acting_as(person, harbour) for name, person in people.items()}
        return Ward(app, found | {"hill": acting_as(stranger, hill)})


def press(browser: Browser, word: str) -> TestResponse:
    """The first button of a kind on the page of duties."""
    found = re.search(VERSION % word, browser.get("/duties").text, re.S)
    assert found, f"no button: {word}"
    return browser.post(found[1], page="/duties", version=found[2])


def test_a_nurse_takes_charge_while_nobody_is_in_charge(ward: Ward) -> None:
    aiko = ward.browser("nurse")
    assert aiko.get("/duties").text.count("Nobody answers for this now.") == 3

    response = ward.name(aiko, "in-charge", "nurse", "08:30-16:00", note="Pager 12")

    assert response.status_code == 303
    page = aiko.get("/duties").text
    assert "Nurse in charge: Aiko Kimura is named." in page
    assert "Pager 12" in page
    assert ward.now() == ["Aiko Kimura"]
    assert ward.now(at=datetime(2026, 3, 12, 16, tzinfo=UTC)) == []


def test_a_hand_over_counts_once_it_is_accepted(ward: Ward, clock: Clock) -> None:
    ward.app.config["IDLE_MINUTES"] = 12 * 60
    aiko, leo = ward.browser("nurse"), ward.browser("leo")
    ward.name(aiko, "in-charge", "nurse", "08:30-16:00")
    response = ward.name(aiko, "in-charge", "leo", "16:00-23:00")
    assert "Leo Marsh still has to accept." in aiko.get(response.location).text

    clock.advance(hours=7, minutes=20)
    assert ward.now() == ["Aiko Kimura"]
    assert "Until the next one accepts" in leo.get("/duties").text
    assert press(leo, "accept").status_code == 303

    assert ward.now() == ["Leo Marsh"]
    clock_before = datetime(2026, 3, 12, 16, 10, tzinfo=UTC)
    assert ward.now(at=clock_before) == ["Aiko Kimura"]


def test_who_declines_after_the_end_frees_nobody_and_the_next_one_relieves(
    ward: Ward, clock: Clock
) -> None:
    ward.app.config["IDLE_MINUTES"] = 12 * 60
    aiko, leo, doctor = map(ward.browser, ("nurse", "leo", "psychiatrist"))
    ward.name(aiko, "in-charge", "nurse", "08:30-16:00")
    ward.name(aiko, "in-charge", "leo", "16:00-23:00")
    clock.advance(hours=7, minutes=20)
    press(leo, "withdraw")
    assert ward.now() == ["Aiko Kimura"]

    ward.name(doctor, "in-charge", "leo", "16:20-23:00")
    press(leo, "accept")

    assert ward.now() == ["Leo Marsh"]


def test_an_accepted_duty_can_be_given_back_before_it_begins(ward: Ward) -> None:
    aiko, leo = ward.browser("nurse"), ward.browser("leo")
    ward.name(aiko, "in-charge", "nurse", "08:30-16:00")
    ward.name(aiko, "in-charge", "leo", "15:00-23:00")
    press(leo, "accept")
    half_past_three = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)
    assert ward.now(at=half_past_three) == ["Leo Marsh"]

    press(leo, "withdraw")

    assert ward.now(at=half_past_three) == ["Aiko Kimura"]


def test_a_duty_is_ended_by_hand_and_the_trail_has_it(ward: Ward) -> None:
    aiko = ward.browser("nurse")
    ward.name(aiko, "in-charge", "nurse", "08:30-16:00")

    assert press(aiko, "end").status_code == 303

    assert ward.now() == []
    named_accepted_ended = ["create", "update", "update"]
    assert trail(ward.app, "create", "update")[-3:] == named_accepted_ended


def test_a_psychiatrist_names_the_prescribers_on_site(ward: Ward) -> None:
    doctor = ward.browser("psychiatrist")

    ward.name(doctor, "on-site", "psychiatrist", "08:00-18:00")

    assert ward.now("on-site") == ["Dr Chidi Okafor"]
    with ward.app.app_context(), act_as(ward.people["nurse"]):
        assert names_on_duty("Prescriber on site") == "Dr Chidi Okafor"
        assert names_on_duty("nurse in charge") == "nobody named"
        assert names_on_duty("nurse") is None


def test_only_the_person_named_accepts(ward: Ward) -> None:
    marta, aiko = ward.browser("administrator"), ward.browser("nurse")
    ward.name(marta, "in-charge", "leo", "08:00-16:00")
    with ward.app.app_context(), apart(write=False), act_as(ward.people["nurse"]):
        duty = db.session.scalars(select(Duty)).one()

    response = aiko.post(f"/duties/{duty.id}/accept", page="/duties", version="1")

    assert response.status_code == 403
    assert "Only the person named accepts a duty." in response.text
    assert ward.now() == []


@pytest.mark.parametrize(
    ("by", "what", "said"),
    [
        ("leo", ("in-charge", "leo", "09:00-12:00"), "names people for duties"),
        ("nurse", ("in-charge", "psychiatrist", "12:00-14:00"), "choose a nurse of this clinic"),
        ("nurse", ("on-site", "leo", "12:00-14:00"), "choose a psychiatrist of this clinic"),
        ("nurse", ("in-charge", "leo", "14:00-12:00"), "Enter an end after the start."),
        ("nurse", ("in-charge", "leo", "08:00-17:00"), "is named within these hours"),
        ("nurse", ("in-charge", "hill", "12:00-14:00"), "Choose person from the list."),
        ("nurse", ("lord", "leo", "12:00-14:00"), "Choose duty from the list."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    ward: Ward, by: str, what: tuple[str, str, str], said: str
) -> None:
    ward.name(ward.browser("nurse"), "in-charge", "nurse", "08:30-16:00")

    response = ward.name(ward.browser(by), *what, note="Kept")

    assert response.status_code == 422
    assert said in response.text
    assert 'value="Kept"' in response.text
    assert ward.now() == ["Aiko Kimura"]


def test_a_page_that_is_out_of_date_changes_nothing(ward: Ward) -> None:
    aiko = ward.browser("nurse")
    ward.name(aiko, "in-charge", "nurse", "08:30-16:00")
    found = re.search(VERSION % "end", aiko.get("/duties").text, re.S)
    assert found

    response = aiko.post(found[1], page="/duties", version="99")

    assert response.status_code == 409
    assert "This duty was changed meanwhile" in response.text
    assert ward.now() == ["Aiko Kimura"]


def test_an_auditor_reads_and_names_nobody(ward: Ward) -> None:
    paul = ward.browser("auditor")

    assert "Name a person" not in paul.get("/duties").text
    response = paul.post("/duties", page="/account", kind="in-charge")
    assert response.status_code == 403


def test_duties_stay_behind_the_wall(ward: Ward) -> None:
    ward.name(ward.browser("nurse"), "in-charge", "nurse", "08:30-16:00")
    nadia = ward.browser("hill")

    assert "Aiko Kimura" not in nadia.get("/duties").text
    with ward.app.app_context(), apart(write=False), act_as(ward.people["nurse"]):
        duty = db.session.scalars(select(Duty)).one()
    response = nadia.post(f"/duties/{duty.id}/end", page="/duties", version="1")
    assert response.status_code == 404
    assert ward.now() == ["Aiko Kimura"]


def test_who_was_sent_home_holds_no_duty(ward: Ward, work: Work) -> None:
    ward.name(ward.browser("nurse"), "in-charge", "nurse", "08:30-16:00")

    with work(ward.people["administrator"]):
        deactivate(ward.people["nurse"].actor_id, ward.people["nurse"].clinic_id)

    assert ward.now() == []


def test_an_id_of_nothing_is_not_found(ward: Ward) -> None:
    response = ward.browser("nurse").post(
        f"/duties/{uuid.UUID(int=7)}/accept", page="/duties", version="1"
    )

    assert response.status_code == 404
