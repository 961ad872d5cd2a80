"""This file is about who may export, how often, and that nobody sees another clinic."""

import pytest
from flask import Flask

from clinic.core.permissions import GRANTS, Permission, Role
from tests.accounts.browser import NURSE, Browser
from tests.clock import Clock
from tests.reports.conftest import People, Work, signed_in
from tests.reports.made import T0
from tests.reports.room import (
    ADMINISTRATOR,
    AS_RECORDED,
    MARCH,
    download,
    events,
    exports,
    make_session,
    spray,
)


def test_a_fifteenth_export_within_the_hour_waits(
    app: Flask, administrator: Browser, clock: Clock
) -> None:
    for _ in range(14):
        download(administrator, "sessions")
        clock.advance(minutes=2)

    refused = administrator.post("/reports/exports/doses", page="/reports", **MARCH)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1920")
    assert "At most 14 exports an hour. Try again in 32 min." in refused.text
    assert 'value="Yearly audit"' in refused.text
    clock.advance(minutes=32)
    # Nobody was at the keyboard: the person signs in once more.
    administrator.sign_in(ADMINISTRATOR)
    download(administrator, "doses")
    assert exports(app) == 15


def test_the_limit_of_one_person_is_not_anothers(app: Flask, administrator: Browser) -> None:
    for _ in range(14):
        download(administrator, "sessions")

    assert download(signed_in(app, "hill@clinic.example"), "sessions") == []


@pytest.mark.usefixtures("treated")
def test_a_nurse_may_not_and_the_trail_has_the_refusal(app: Flask, people: People) -> None:
    nurse = signed_in(app, NURSE)

    answers = [
        nurse.get("/reports/exports"),
        nurse.get("/reports/dictionary"),
        nurse.get("/reports/dictionary.csv"),
        nurse.post("/reports/exports/sessions", page="/account/password", **MARCH),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    refused = events(app, "refuse")
    assert [event["detail"]["endpoint"] for event in refused][-1] == "reports.create"
    assert {event["actor"] for event in refused} == {str(people["nurse"].actor_id)}
    assert exports(app) == 0


def test_who_is_not_signed_in_is_sent_to_sign_in(app: Flask, people: People) -> None:
    answer = Browser(app).post("/reports/exports/sessions", **MARCH)

    assert (answer.status_code, exports(app)) == (303, 0)
    assert b"P-1001" not in answer.data


@pytest.mark.usefixtures("treated")
@pytest.mark.parametrize("query", ["", "?clinic=2", "?clinic=", "?clinic_id=harbour&clinic=1"])
def test_no_export_holds_another_clinic(app: Flask, work: Work, people: People, query: str) -> None:
    """A35: an export beyond the clinic."""
    with work(people["other"]):
        theirs = make_session(number="H-7")
        spray(theirs, T0)
    hill = signed_in(app, "hill@clinic.example")

    answer = hill.post(
        f"/reports/exports/sessions{query}",
        page="/reports",
        **MARCH | AS_RECORDED,
        clinic="harbour",
    )

    assert b"H-7" in answer.data
    assert b"P-1001" not in answer.data
    assert answer.data.count(b"\r\n") == 2


@pytest.mark.usefixtures("treated")
def test_the_list_of_exports_is_the_clinics_own(app: Flask, administrator: Browser) -> None:
    download(administrator, "sessions", purpose="<b>Registry</b> & board")
    hill = signed_in(app, "hill@clinic.example")

    assert "&lt;b&gt;Registry&lt;/b&gt; &amp; board" in administrator.get("/reports").text
    assert "Registry" not in hill.get("/reports").text


@pytest.mark.usefixtures("treated")
def test_the_trail_is_a_table_for_administrators_and_no_page(administrator: Browser) -> None:
    found = download(administrator, "audit")

    made = [row for row in found if (row["action"], row["kind"]) == ("create", "LogEntry")]
    assert {row["patient_number"] for row in made} == {"P-1001"}
    assert any("systolic" in row["fields"].split() for row in made)
    assert administrator.get("/trail").status_code == 403
    assert administrator.post("/trail/export", page="/reports", purpose="x").status_code == 403


def test_the_trail_needs_a_right_of_its_own(
    app: Flask, administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = GRANTS[Role.ADMINISTRATOR] - {Permission.TRAIL_EXPORT}
    monkeypatch.setitem(GRANTS, Role.ADMINISTRATOR, rest)
    order = MARCH | {"what": ["audit"], "format": "csv"}

    at_once = administrator.post("/reports/exports/audit", page="/reports", **MARCH)
    ordered = administrator.post("/reports/exports", page="/reports", **order)

    assert (at_once.status_code, ordered.status_code, exports(app)) == (403, 422, 0)
    assert "Your role may not export the audit trail." in ordered.text
    assert 'id="what-audit"' not in administrator.get("/reports").text


def test_a_format_that_holds_no_trail_says_so(administrator: Browser) -> None:
    order = MARCH | {"what": ["sessions", "audit"], "format": "sdtm"}

    refused = administrator.post("/reports/exports", page="/reports", **order)

    assert refused.status_code == 422
    assert "This format holds no audit trail: choose CSV or XLSX." in refused.text
