"""A report that was kept stays as it was, tells no small count, and can be worked out again."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pymupdf
import pytest
from flask import Flask
from outloud import check

from clinic.core.db import db
from clinic.reports import library
from clinic.reports.library import newest
from clinic.reports.queries import saved as saved_queries
from clinic.reports.rules.outcomes import Code, Key, Tally, shown, summarize
from clinic.reports.rules.outcomes.keeping import differences, from_text, to_text
from clinic.reports.rules.outcomes.words import curve_shown
from tests.accounts.browser import NURSE, Browser
from tests.clock import Clock
from tests.reports.cohort import figures, followed, madrs
from tests.reports.conftest import People, Work, signed_in
from tests.reports.made import T0
from tests.reports.room import make_session, spray, write

MARCH = {"from": "2026-03-01", "to": "2026-03-31", "title": "March, for the board"}
ONE_DATABASE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
# Of eight six respond on day 7, of whom one later does not.
ROWS = [(32, 16, 12, 12, 9), (30, 28, 14, 14, 15), (28, 14, 13, 12, 9), (36, 17, 12, 12, 30)]
MORE = [(40, 30, 20, 15, 10), (34, 12, 11, 11, 11), (26, 25, 24, 23, 22), (30, 29, 28, 28, None)]


@pytest.fixture(scope="module")
def report():
    """What eight courses come to."""
    return figures(*(followed(n, *madrs(*row)) for n, row in enumerate(ROWS + MORE, 1)))


def test_figures_are_read_back_as_they_were_written(report):
    again = from_text(to_text(report), newest())

    assert again == replace(report, whys=again.whys)
    assert differences(report, again, shared=False) == []


def test_d8_8_what_goes_outside_tells_neither_a_small_count_nor_what_is_left_of_the_others(report):
    response = report.at(Code.RESPONSE, "day-7")
    assert (response.count, response.n) == (6, 8)

    inside, outside = shown(response, 5, shared=False), shown(response, 5, shared=True)

    assert (inside.main, inside.count, inside.complete) == ("75 %", "6 of 8", "100 % (8 of 8)")
    assert outside.main == "all but fewer than 5 of 8"
    assert (outside.interval, outside.count, outside.all_main) == ("", "", "")


def test_d8_8_outside_a_small_number_of_missing_is_no_number(report):
    change = report.at(Code.CHANGE, "day-28")

    outside = shown(change, 5, shared=True)

    assert outside.missing == "fewer than 5 missing"
    assert outside.complete == "50 % or more"
    assert outside.count == ""


def test_d8_8_outside_a_step_of_a_curve_tells_of_no_fewer_than_5():
    events = [(1.0, 3), (3.0, 2), (7.0, 1), (14.0, 4), (28.0, 5)]
    watched = [(day, True) for day, count in events for _ in range(count)]
    curve = summarize(Key(Code.TIME_TO_RESPONSE), tally(watched), newest())

    told = curve_shown(curve, 5, shared=True)

    assert [step.at for step in curve_shown(curve, 5, shared=False)] == [1, 3, 7, 14, 28]
    assert [(step.at, step.share) for step in told] == [(3, 10 / 15), (14, 5 / 15), (28, 0)]


def test_d8_8_outside_a_curve_of_few_events_is_not_drawn(report):
    curve = report[Code.TIME_TO_RELAPSE]

    assert curve_shown(curve, 5, shared=False)
    assert curve_shown(curve, 5, shared=True) == ()


@pytest.mark.usefixtures("treated")
@ONE_DATABASE
def test_a_kept_report_stays_as_it_was_when_the_record_goes_on(
    administrator: Browser, work: Work, people: People, clock: Clock
):
    address = keep(administrator)
    before = numbers(administrator.get(address).text)
    with work(people["nurse"]):
        session = make_session(number="P-1002")
        spray(session, T0 + timedelta(hours=1))
        write(session, "observation", T0 + timedelta(minutes=100), systolic=190, diastolic=99)

    after = administrator.get(address)
    again = administrator.get(f"{address}?again=1")

    assert numbers(after.text) == before
    assert "Under version 1 of the definitions" in again.text
    assert "Courses" in again.text
    assert "Every figure comes out the same." not in again.text


@pytest.mark.usefixtures("treated")
@ONE_DATABASE
def test_a_report_is_worked_out_again_under_the_rules_of_its_day(
    administrator: Browser, monkeypatch: pytest.MonkeyPatch
):
    address = keep(administrator)
    later = replace(newest(), version=2, pressure_from_minute=41)
    versions = {1: newest(), 2: later}
    monkeypatch.setattr(saved_queries, "definitions_by_version", lambda: versions)
    monkeypatch.setattr(library, "definitions_by_version", lambda: versions)

    page = administrator.get(f"{address}?again=1").text

    then, now = re.findall(r"<section.*?Under version \d of.*?</section>", page, re.S)
    assert "Every figure comes out the same." in then
    assert "Pressure at 40 minutes" in now


@pytest.mark.usefixtures("treated")
@ONE_DATABASE
def test_a_report_whose_figures_were_altered_is_not_shown(app: Flask, administrator: Browser):
    address = keep(administrator)
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER saved_report_no_update")
        connection.exec_driver_sql("UPDATE saved_report SET figures = '{}'")

    page = administrator.get(address)

    assert page.status_code == 409
    assert "The figures of this report are not those that were kept." in page.text


@pytest.mark.usefixtures("treated")
@ONE_DATABASE
def test_a_report_needs_a_title_and_a_nurse_only_reads_it(app: Flask, administrator: Browser):
    untitled = administrator.post("/reports/saved", page="/reports", **MARCH | {"title": ""})
    address = keep(administrator)
    nurse = signed_in(app, NURSE)

    assert untitled.status_code == 422
    assert "Enter what the report is called." in untitled.text
    assert nurse.get(address).status_code == 200
    assert nurse.get(f"{address}/paper").status_code == 403
    assert nurse.post("/reports/saved", page="/account/password", **MARCH).status_code == 403


@pytest.mark.usefixtures("treated")
@ONE_DATABASE
def test_on_paper_a_report_names_period_scale_definitions_and_program(
    administrator: Browser, tmp_path: Path
):
    address = keep(administrator)

    pdf = administrator.get(f"{address}/paper")

    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.data)
    assert [one for one in check(str(file)).findings if one.severity == "error"] == []
    words = " ".join(page.get_text() for page in pymupdf.open(stream=pdf.data, filetype="pdf"))
    assert "March, for the board" in words
    for said in ("01 Mar 2026 to 31 Mar 2026", "MADRS", "version 1", "Clinic 0.1.0"):
        assert said in " ".join(words.split()), said
    assert "P-1001" not in words


def tally(watched: list[tuple[float, bool]]) -> Tally:
    """Times, and whether an event ended them."""
    days = [day for day, _ in watched]
    return Tally(n=len(watched), of=len(watched), values=days, watched=watched)


def keep(administrator: Browser) -> str:
    """Keep a report. Returns its address."""
    answer = administrator.post("/reports/saved", page="/reports", **MARCH)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def numbers(page: str) -> list[str]:
    """The cells of the figures on a page."""
    return re.findall(r'<tr id="figure-.*?</tr>', page, re.S)
