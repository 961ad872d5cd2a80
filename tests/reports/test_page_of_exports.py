"""This file is about the page of exports: order, password, cancel, download, kept choices."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from clinic.core.permissions import GRANTS, Permission, Role
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.factories import PASSWORD
from tests.reports.conftest import People, Work
from tests.reports.ordered import job_of, made
from tests.reports.room import ADMINISTRATOR, MARCH, events, exports, make_session

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CHOICES = MARCH | {"what": ["sessions", "observations"], "format": "csv"}
JOB = re.compile(r"/reports/exports/([0-9a-f-]{36})/")


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> None:
    """Where the files of this test lie."""
    app.config["EXPORT_FOLDER"] = str(tmp_path)


def order(browser: Browser, **fields: Any) -> Any:
    """Press the button."""
    return browser.post("/reports/exports", page="/reports", **CHOICES | fields)


def job_id_on(browser: Browser) -> UUID:
    """The job that the page names."""
    found = JOB.search(browser.get("/reports").text)
    assert found
    return UUID(found.group(1))


def test_an_export_is_ordered_watched_and_downloaded(
    app: Flask, administrator: Browser, people: People
) -> None:
    assert order(administrator).status_code == 303
    page = administrator.get("/reports").text
    assert "CSV waits for its turn" in page
    assert 'hx-get="/reports/exports/progress"' in page
    job_id = job_id_on(administrator)
    assert administrator.get(f"/reports/exports/{job_id}/file").status_code == 404

    made(app, people["administrator"])

    watched = administrator.get("/reports/exports/progress").text
    assert "hx-trigger" not in watched, "there is nothing to ask for any more"
    assert f'href="/reports/exports/{job_id}/file"' in watched
    with administrator.get(f"/reports/exports/{job_id}/file") as file:
        content = file.data
    job = job_of(app, people["administrator"], job_id)
    assert file.headers["Content-Type"] == "application/zip"
    assert file.headers["Cache-Control"] == "no-store"
    name = r"p[0-9a-f]{19}-csv-2026-03-01-to-2026-03-31\.zip"  # a pseudonym, not the clinic
    said = file.headers["Content-Disposition"]
    assert re.fullmatch(f"attachment; filename={name}", said)
    assert len(content) == job.size
    assert [e["detail"]["sha256"] for e in events(app, "download")] == [job.sha256]


def test_the_history_says_who_what_how_much_and_until_when(
    app: Flask, administrator: Browser, people: People
) -> None:
    order(administrator, routes=["nasal"])
    made(app, people["administrator"])

    for address in ("/reports", "/reports/exports"):
        page = administrator.get(address).text
        job = job_of(app, people["administrator"], job_id_on(administrator))
        for words in ("Marta Lindqvist", "Sessions, Observations", "Yearly audit", "nasal"):
            assert words in page
        assert f"{job.sha256[:8]} … {job.sha256[-8:]}" in page
        assert str(job.sha256) in page
        assert "until 11 04 2026" in page or "until 11 Apr 2026" in page
        assert "De-identified" in page


def test_an_identified_file_needs_the_password_again(app: Flask, administrator: Browser) -> None:
    without = order(administrator, identified="y")
    wrong = order(administrator, identified="y", password="quiet-lantern-other-tide")
    streamed = administrator.post(
        "/reports/exports/sessions", page="/reports", **MARCH, identified="y"
    )

    assert [answer.status_code for answer in (without, wrong, streamed)] == [422] * 3
    assert "Enter your password: these files name people." in without.text
    assert "Enter your own password: this file names people." in wrong.text
    assert 'value="Yearly audit"' in wrong.text
    assert exports(app) == 0
    assert order(administrator, identified="y", password=PASSWORD).status_code == 303


def test_an_identified_file_is_refused_without_its_right(
    app: Flask, administrator: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(administrator, identified="y", password=PASSWORD)
    made(app, people["administrator"])
    job_id = job_id_on(administrator)
    less = GRANTS[Role.ADMINISTRATOR] - {Permission.EXPORT_IDENTIFIED}
    monkeypatch.setitem(GRANTS, Role.ADMINISTRATOR, less)

    refused = order(administrator, identified="y", password=PASSWORD)

    assert refused.status_code == 422
    assert "Your role may export de-identified files only." in refused.text
    assert administrator.get(f"/reports/exports/{job_id}/file").status_code == 403
    assert exports(app) == 1


BAD = (
    ({"what": []}, "Choose at least one table."),
    ({"what": ["nothing"]}, "Choose at least one table."),
    ({"format": ""}, "Choose a format."),
    ({"format": "docx"}, "Choose format from the list."),
    ({"purpose": " "}, "Enter what this export is for."),
    ({"to": "2026-02-01"}, "Enter a last day that is not before the first day."),
    ({"protocols": ["nobody"]}, "Choose protocols from the list."),
    ({"routes": ["ear"]}, "Choose routes from the list."),
    ({"format": "courses"}, "This format names people: choose Identified."),
    ({"patient": "P-9"}, "No patient with a course has this number."),
    (
        {"format": "outcomes", "identified": "y", "password": PASSWORD},
        "Figures name nobody: leave Identified off.",
    ),
    (
        {"format": "outcomes", "routes": ["nasal", "oral"]},
        "Figures are of one protocol and one route, or of all: choose one of each.",
    ),
)


def test_a_bad_choice_is_said_beside_it_and_what_was_typed_is_kept(
    app: Flask, administrator: Browser
) -> None:
    for fields, sentence in BAD:
        answer = order(administrator, **{"purpose": "Board report"} | fields)

        assert (answer.status_code, exports(app)) == (422, 0)
        assert sentence in answer.text
        assert "purpose" in fields or 'value="Board report"' in answer.text


def test_a_file_that_is_being_made_can_be_cancelled_and_made_after_all(
    app: Flask, administrator: Browser, people: People
) -> None:
    order(administrator)
    job_id = job_id_on(administrator)

    administrator.post(f"/reports/exports/{job_id}/cancel", page="/reports")

    assert made(app, people["administrator"]) is None
    page = administrator.get("/reports").text
    assert "The export was cancelled." in page
    assert "Cancelled" in page
    administrator.post(f"/reports/exports/{job_id}/again", page="/reports")
    assert made(app, people["administrator"]) is True
    late = administrator.post(f"/reports/exports/{job_id}/cancel", page="/reports")
    assert late.status_code == 303
    assert "This export is not being prepared any more." in administrator.get("/reports").text


def test_a_file_is_gone_when_its_time_is_over(
    app: Flask, administrator: Browser, people: People, clock: Clock
) -> None:
    order(administrator)
    made(app, people["administrator"])
    job_id = job_id_on(administrator)
    clock.advance(days=30)
    administrator.sign_in(ADMINISTRATOR)

    assert administrator.get(f"/reports/exports/{job_id}/file").status_code == 404


def test_another_clinic_finds_neither_file_nor_button(
    app: Flask, administrator: Browser, people: People
) -> None:
    order(administrator)
    made(app, people["administrator"])
    job_id = job_id_on(administrator)
    hill = Browser(app)
    hill.sign_in("hill@clinic.example")

    assert hill.get(f"/reports/exports/{job_id}/file").status_code == 404
    assert hill.post(f"/reports/exports/{job_id}/cancel", page="/reports").status_code == 404
    assert str(job_id) not in hill.get("/reports").text


def test_choices_are_kept_by_name_used_and_forgotten(app: Flask, administrator: Browser) -> None:
    kept = administrator.post(
        "/reports/exports/kept", page="/reports", **CHOICES | {"what": ["doses"]}, name="Quarterly"
    )
    nameless = administrator.post("/reports/exports/kept", page="/reports", **CHOICES)

    assert (kept.status_code, nameless.status_code) == (303, 422)
    assert "Enter a name for these choices." in nameless.text
    page = administrator.get("/reports").text
    found = re.search(r"/reports\?definition=([0-9a-f-]{36})", page)
    assert found
    answer = administrator.get(f"/reports?definition={found.group(1)}")
    used = answer.text
    assert answer.status_code == 200
    assert 'id="what-doses" value="doses" checked' in used
    assert 'id="what-sessions" value="sessions" checked' not in used
    assert 'value="Yearly audit"' in used
    forgotten = f"/reports/exports/kept/{found.group(1)}/delete"
    administrator.post(forgotten, page="/reports")
    assert "Quarterly</a>" not in administrator.get("/reports").text
    assert administrator.get(f"/reports?definition={found.group(1)}").status_code == 404
    assert administrator.get("/reports?definition=nothing").status_code == 404
    assert exports(app) == 0


def test_the_page_says_how_much_the_choices_come_to(
    administrator: Browser, work: Work, people: People
) -> None:
    with work(people["nurse"]):
        make_session()
        make_session(number="P-2002")

    march = administrator.get("/reports/exports/count?from=2026-03-01&to=2026-03-31").text
    nobody = administrator.get(
        "/reports/exports/count?from=2026-03-01&to=2026-03-31&routes=intravenous"
    ).text

    assert march.startswith("2 sessions, 2 patients")
    assert nobody.startswith("0 sessions, 0 patients")
    assert administrator.get("/reports/exports/count?from=x&to=2026-03-31").text == ""
