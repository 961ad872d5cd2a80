"""This file is about exporting: what was typed comes out, for whom it may, in the trail first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from flask import Flask

from clinic.reports.rules import TABLES, TRAIL
from tests.accounts.browser import Browser
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
    streamed,
    unmarked,
    write,
)
from tests.reports.test_cells import TYPED


@pytest.fixture
def night(app: Flask, work: Work, people: People, clock: Clock) -> Browser:
    """Planned for 23:40, first spray at 00:05; the administrator sits down in the morning."""
    clock.now = datetime(2026, 3, 13, 8, tzinfo=UTC)
    with work(people["nurse"]):
        session = make_session(datetime(2026, 3, 12, 23, 40, tzinfo=UTC))
        spray(session, datetime(2026, 3, 13, 0, 5, tzinfo=UTC))
    return signed_in(app, ADMINISTRATOR)


def test_the_page_offers_each_file_and_the_days_of_this_month(administrator: Browser) -> None:
    page = administrator.get("/reports")

    assert page.status_code == 200
    for table in TABLES:
        assert f'formaction="/reports/exports/{table}"' in page.text
    assert 'value="2026-03-01"' in page.text
    assert 'value="2026-03-12"' in page.text


@pytest.mark.usefixtures("treated")
def test_what_was_typed_comes_out(administrator: Browser) -> None:
    [row] = download(administrator, "observations")

    assert (row["systolic_mmhg"], row["diastolic_mmhg"], row["spo2_percent"]) == ("151", "88", "97")
    assert (row["dissociation_score"], row["heart_rate_per_min"]) == ("0", "")
    assert (row["minute"], row["author"], row["patient_number"]) == ("40", "Aiko Kimura", "P-1001")
    assert row["effective_at"] == "2026-03-12T10:40:00+00:00"


@pytest.mark.usefixtures("treated")
def test_the_file_is_an_attachment_that_nobody_keeps(administrator: Browser) -> None:
    answer = administrator.post("/reports/exports/sessions", page="/reports", **MARCH | AS_RECORDED)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = "harbour-sessions-2026-03-01-to-2026-03-31.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.is_streamed


# The trail has events on any day: somebody signed in to export.
@pytest.mark.parametrize("table", sorted(TABLES.keys() - TRAIL))
def test_a_period_without_sessions_gives_the_names_of_the_columns(
    administrator: Browser, table: str
) -> None:
    answer = administrator.post(f"/reports/exports/{table}", page="/reports", **MARCH)

    assert (answer.status_code, answer.data.count(b"\r\n")) == (200, 1)


def test_every_text_comes_back_exactly_and_none_can_run(
    work: Work, people: People, clock: Clock, app: Flask
) -> None:
    clock.now = T0 + timedelta(hours=3)
    with work(people["nurse"]):
        session = make_session(number="=1+1")
        spray(session, T0)
        for n, typed in enumerate(TYPED):
            said = {"event": "onset", "term": "other", "severity": "mild", "text": typed}
            write(session, "adverse-event", T0 + timedelta(minutes=n), said=said)

    rows = download(signed_in(app, ADMINISTRATOR), "side-effects")

    assert [unmarked(row["typed_words"]) for row in rows] == TYPED
    assert {row["patient_number"] for row in rows} == {"'=1+1"}


@pytest.mark.usefixtures("treated")
def test_an_export_is_in_the_trail_before_its_first_byte(
    app: Flask, administrator: Browser, people: People
) -> None:
    parts = streamed(administrator, "sessions")

    [event] = events(app, "export")
    assert event["actor"] == str(people["administrator"].actor_id)
    assert event["detail"] == {
        "what": "sessions",
        "first_on": "2026-03-01",
        "last_on": "2026-03-31",
        "protocols": "",
        "routes": "",
        "course": None,
        "identified": True,
        "format": "csv",
        "purpose": "Yearly audit",
    }
    assert next(parts).startswith(b"clinic,patient_number,")
    assert b"P-1001" in next(parts)


@pytest.mark.usefixtures("treated")
def test_a_file_leaves_while_somebody_writes_and_others_write_while_it_leaves(
    administrator: Browser, work: Work, people: People
) -> None:
    parts = streamed(administrator, "sessions")
    writes, taken = Event(), Event()

    def register(number: str) -> None:
        with work(people["nurse"]):
            make_session(T0 - timedelta(days=60), number=number)
            writes.set()
            assert taken.wait(20)

    with ThreadPoolExecutor() as others:
        first = others.submit(register, "P-2")
        assert writes.wait(20)
        file = next(parts) + next(parts)
        taken.set()
        first.result()
        others.submit(register, "P-3").result()

    assert b"P-1001" in file
    assert list(parts) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"purpose": " "}, "Enter what this export is for."),
        ({"to": "2026-02-28"}, "Enter a last day that is not before the first day."),
        ({"from": "2026-03-13"}, "Enter a first day that is not in the future."),
        ({"from": "1950-01-01"}, "Enter a period of at most ten years."),
        ({"to": "2199-12-31"}, "Enter a last day that is at most a year from today."),
        ({"from": "2026-02-30"}, "that day is not in the calendar."),
        ({"to": "12/03/2026"}, "as year-month-day"),
        ({"from": ""}, "Enter the first day."),
    ],
)
def test_a_bad_request_is_told_why_keeps_what_was_typed_and_exports_nothing(
    app: Flask, administrator: Browser, fields: dict[str, str], sentence: str
) -> None:
    sent = MARCH | fields
    answer = administrator.post("/reports/exports/sessions", page="/reports", **sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in sent.values() if typed.strip())
    assert (exports(app), events(app, "export")) == (0, [])


def test_an_unknown_table_is_not_found(app: Flask, administrator: Browser) -> None:
    answer = administrator.post("/reports/exports/users", page="/reports", **MARCH)

    assert (answer.status_code, exports(app)) == (404, 0)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2026-03-12", "2026-03-12"), 0),
        (("2026-03-13", "2026-03-13"), 1),
        (("2026-03-12", "2026-03-13"), 1),
    ],
)
def test_a_session_belongs_to_the_day_of_its_first_dose(
    night: Browser, days: tuple[str, str], found: int
) -> None:
    """Definitions D1.1."""
    period = dict(zip(("from", "to"), days, strict=True))

    rows = download(night, "sessions", **period)

    assert len(rows) == found


def test_the_dictionary_can_be_read_and_kept(app: Flask, administrator: Browser) -> None:
    page, file = (
        administrator.get("/reports/dictionary"),
        administrator.get("/reports/dictionary.csv"),
    )

    assert "max_rise_systolic_mmhg" in page.text
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert b"observations,spo2_percent," in file.data
    assert events(app, "export") == []
