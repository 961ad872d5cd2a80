"""This file is about the trail as an auditor reads it: events, values, who viewed, chain, file."""

import csv
import io
import json
import re
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.accounts.rules.trail import COLUMNS
from clinic.core.audit import AuditEvent, link
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.patients.models import Patient
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.conftest import Work
from tests.core.raw import intruder
from tests.databases import whole
from tests.factories import (
    CLINIC_ID,
    acting_as,
    make_clinic,
    make_other_clinic,
    make_patient,
    make_user,
)

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

ROW = re.compile(r'href="/trail/events/(\d+)"')


@pytest.fixture
def auditor(app: Flask, work: Work, clock: Clock) -> Browser:
    """An auditor's browser; a nurse has registered Maya, corrected her telephone, opened her chart.

    Across the wall a nurse has registered Lena.
    """
    with app.app_context(), job():
        harbour, hill = make_clinic(), make_other_clinic()
        nurse, stranger = make_user(), make_user(clinic=hill, email="hill@clinic.example")
        make_user(role=Role.AUDITOR, full_name="Paul Adeyemi")
        here, there = acting_as(nurse, harbour), acting_as(stranger, hill)
    with work(there):
        make_patient(number="H-7", given_name="Lena")
    with work(here):
        make_patient(phone="555 0100")
    clock.advance(minutes=5)
    with work(here):
        db.session.scalars(select(Patient)).one().phone = "555 0199"
        patient_id = db.session.scalars(select(Patient.id)).one()
    nurse_browser = Browser(app)
    nurse_browser.sign_in()
    assert nurse_browser.get(f"/patients/{patient_id}").status_code == 200
    clock.advance(minutes=5)
    browser = Browser(app)
    browser.sign_in("auditor@clinic.example")
    return browser


def events(app: Flask, action: str = "") -> list[dict[str, Any]]:
    """The trail of the clinic, oldest first."""
    with whole(app) as database:
        found = select(AuditEvent.body).where(AuditEvent.chain_id == CLINIC_ID)
        bodies = [json.loads(body) for body in database.scalars(found.order_by(AuditEvent.seq))]
    return [body for body in bodies if action in ("", body["action"])]


def numbers(page: str) -> list[int]:
    return [int(number) for number in ROW.findall(page)]


def test_an_auditor_starts_at_the_trail_newest_first(auditor: Browser) -> None:
    assert auditor.get("/").location == "/trail"

    page = auditor.get("/trail").text

    shown = numbers(page)
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == events(auditor.app)[-1]["seq"]
    assert "Aiko Kimura" in page
    assert "P-1001" in page
    assert "Maya" not in page


def test_nothing_of_the_other_clinic_is_shown(auditor: Browser) -> None:
    assert "H-7" not in auditor.get("/trail").text
    refused = auditor.post("/trail", page="/trail", number="H-7")
    assert refused.status_code == 422
    assert "No patient of this clinic has this number." in refused.text


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("action=update", {"update"}),
        ("action=open", {"open"}),
        ("from=2026-03-13", set()),
        ("to=2026-03-11", set()),
        ("from=2026-03-12&to=2026-03-12&action=create", {"create"}),
    ],
)
def test_events_are_chosen(auditor: Browser, query: str, actions: set[str]) -> None:
    page = auditor.get(f"/trail?{query}")

    by_number = {event["seq"]: event["action"] for event in events(auditor.app)}
    assert page.status_code == 200
    assert {by_number[number] for number in numbers(page.text)} == actions


def test_events_of_a_patient_are_chosen_by_her_number_which_stands_in_no_address(auditor) -> None:
    answer = auditor.post("/trail", page="/trail", number="p-1001", action="")

    page = auditor.get(answer.location)
    by_number = {event["seq"]: event["action"] for event in events(auditor.app)}
    found = {by_number[number] for number in numbers(page.text)}
    assert found == {"create", "update", "open", "read-trail"}
    assert "1001" not in answer.location
    assert 'value="P-1001"' in page.text
    assert "cannot be seen" in auditor.post("/trail", page="/trail", number="P\0").text


def test_events_of_one_person_are_chosen(auditor: Browser) -> None:
    nurse = events(auditor.app, "open")[0]["actor"]

    found = numbers(auditor.get(f"/trail?person={nurse}").text)

    hers = [event["seq"] for event in events(auditor.app) if event["actor"] == nurse]
    assert found == hers[::-1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=yesterday", "Enter from as year-month-day"),
        ("from=2026-03-12&to=2026-03-01", "Enter a last day that is not before the first."),
        ("person=nobody", "Choose person from the list."),
        ("action=dance", "Choose what was done from the list."),
        ("action=open&action=update", "send one value, not 2"),
        ("patient=x", "this is not an id"),
        ("patient=01950000-0000-7000-8000-0000000000ff", "No patient of this clinic"),
    ],
)
def test_a_search_that_cannot_be_says_why_and_keeps_what_was_typed(
    auditor: Browser, query: str, said: str
) -> None:
    response = auditor.get(f"/trail?{query}&below=9")

    assert response.status_code == 422
    assert said in response.text
    assert numbers(response.text) == []


def test_pages_go_on_by_the_number_of_the_event(auditor: Browser, work: Work) -> None:
    for _ in range(60):
        auditor.get("/trail/events/1")
    newest = events(auditor.app)[-1]["seq"]

    first = auditor.get("/trail")
    older = re.search(r'href="(/trail\?below=\d+)" rel="next"', first.text)
    assert older
    second = numbers(auditor.get(older[1]).text)

    assert numbers(first.text) == list(range(newest, newest - 50, -1))
    assert second == list(range(newest - 50, 0, -1))


@pytest.mark.parametrize("below", ["-1", "x", "9" * 30, "1e3", ""])
def test_a_strange_number_begins_at_the_newest(auditor: Browser, below: str) -> None:
    assert numbers(auditor.get(f"/trail?below={below}").text)


def test_an_event_shows_old_and_new_in_clear_and_is_noted(auditor: Browser) -> None:
    (change,) = events(auditor.app, "update")
    assert "555 0199" not in json.dumps(change)

    page = auditor.get(f"/trail/events/{change['seq']}").text

    assert "555 0100" in page
    assert "555 0199" in page
    (noted,) = events(auditor.app, "read-trail")
    assert noted["patient"] == change["patient"]
    assert noted["detail"] == {"seq": change["seq"]}


@pytest.mark.parametrize("seq", ["0", "99999", "9" * 25, "one"])
def test_an_event_that_is_not_there_is_not_found(auditor: Browser, seq: str) -> None:
    assert auditor.get(f"/trail/events/{seq}").status_code == 404


def test_who_viewed_a_patient_by_her_number(auditor: Browser) -> None:
    found = auditor.post("/trail/who-viewed", page="/trail/who-viewed", number="p-1001")

    page = auditor.get(found.location).text

    assert "Who viewed P-1001" in page
    assert "/patients/…" in page
    assert page.index("Paul Adeyemi") < page.index("Aiko Kimura")
    assert [event["type"] for event in events(auditor.app, "open")] == [
        "patients.show",
        "trail.show_openings",
    ]


@pytest.mark.parametrize("number", ["H-7", "", "P-1002"])
def test_a_number_of_nobody_here_is_said(auditor: Browser, number: str) -> None:
    response = auditor.post("/trail/who-viewed", page="/trail/who-viewed", number=number)

    assert response.status_code == 422
    assert "number of the patient." in response.text or "has this number." in response.text


def test_the_chain_is_checked_and_the_result_stays(auditor: Browser) -> None:
    assert "The chain was not checked lately." in auditor.get("/trail/chain").text
    last = events(auditor.app)[-1]["seq"]

    auditor.post("/trail/chain", page="/trail/chain")

    page = auditor.get("/trail/chain").text
    assert f"Events 1 to {last} hold" in page
    (noted,) = events(auditor.app, "verify-trail")
    assert noted["detail"]["whole"] is True


def test_a_broken_chain_is_named_by_its_event(auditor: Browser, database_uri: str) -> None:
    with intruder(database_uri) as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute(
            "UPDATE audit_event SET body = replace(body, '1001', '1002') WHERE seq = 1"
            f" AND chain_id = '{CLINIC_ID.hex}'"
        )

    auditor.post("/trail/chain", page="/trail/chain")

    assert "Event 1: its content was altered" in auditor.get("/trail/chain").text


def test_the_file_holds_what_was_chosen_and_can_be_checked(auditor: Browser) -> None:
    response = auditor.post("/trail/export", page="/trail", action="update", purpose="Yearly")

    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["action"] for row in rows] == ["update"]
    assert rows[0]["patient_number"] == "P-1001"
    assert rows[0]["hash"] == link(rows[0]["previous_hash"], rows[0]["body"])
    assert "555 0199" not in response.text
    (noted,) = events(auditor.app, "export-trail")
    assert (noted["detail"]["purpose"], noted["detail"]["only"]) == ("Yearly", "update")


def test_the_whole_file_is_the_whole_chain_in_order(auditor: Browser) -> None:
    before = len(events(auditor.app))

    response = auditor.post("/trail/export", page="/trail", purpose="Yearly")

    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [int(row["seq"]) for row in rows] == list(range(1, before + 1))
    assert all(a["hash"] == b["previous_hash"] for a, b in pairwise(rows))


def test_no_file_without_a_purpose(auditor: Browser) -> None:
    response = auditor.post("/trail/export", page="/trail", action="update")

    assert response.status_code == 422
    assert "Enter what this file is for." in response.text
    assert len(numbers(response.text)) == 1
    assert events(auditor.app, "export-trail") == []


@pytest.mark.parametrize(
    "address", ["/trail", "/trail/events/1", "/trail/who-viewed", "/trail/chain"]
)
def test_nobody_but_an_auditor_reads_the_trail(auditor: Browser, address: str) -> None:
    nurse = Browser(auditor.app)
    nurse.sign_in()

    assert nurse.get(address).status_code == 403
    assert nurse.post("/trail/export", page="/account", purpose="x").status_code == 403
