"""This file is about what stands in the files that a worker makes: CSV in a ZIP, a workbook."""

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from flask import Flask
from openpyxl.utils.escape import unescape

from clinic.core.acting import act_as
from clinic.reports.actions import csv_files, spreadsheets
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.source import Source
from clinic.reports.rules import TABLES, Period
from clinic.reports.rules.ordering import Order, Unwatched
from tests.clock import Clock
from tests.reports.conftest import People, Work
from tests.reports.made import T0
from tests.reports.ordered import MARCH
from tests.reports.room import make_session, spray, write
from tests.reports.test_cells import TYPED

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NOW = T0 + timedelta(hours=3)
ALL = tuple(TABLES)


@pytest.fixture(autouse=True)
def place(app: Flask, tmp_path: Path) -> None:
    """Where the files of this test lie."""
    app.config["EXPORT_FOLDER"] = str(tmp_path)


def file_of(app: Flask, people: People, form: Any, **given: Any) -> io.BytesIO:
    """A file in a format."""
    order = Order(**{"what": ALL, "period": MARCH, "identified": True} | given)
    made = io.BytesIO()
    with app.app_context(), act_as(people["administrator"]):
        source, mask = Source(order, NOW), mask_for(order)
        form.write(order, source, mask, made, Unwatched(Path(app.config["EXPORT_FOLDER"])))
    made.seek(0)
    return made


def rows_in(archive: io.BytesIO, name: str) -> list[dict[str, str]]:
    """The rows of one file of an archive."""
    with ZipFile(archive) as opened, opened.open(name) as file:
        return list(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")))


@pytest.mark.usefixtures("treated")
def test_a_set_of_csv_files_has_one_for_each_table_and_what_they_mean(
    app: Flask, people: People
) -> None:
    made = file_of(app, people, csv_files.CSV, what=("sessions", "observations"))

    with ZipFile(made) as archive:
        assert archive.namelist() == ["sessions.csv", "observations.csv", "dictionary.csv"]
        assert archive.testzip() is None
    [row] = rows_in(made, "observations.csv")
    assert (row["systolic_mmhg"], row["patient_number"]) == ("151", "P-1001")
    assert {row["table"] for row in rows_in(made, "dictionary.csv")} == {"sessions", "observations"}


@pytest.mark.usefixtures("treated")
def test_each_cell_of_a_workbook_has_the_type_of_its_column(app: Flask, people: People) -> None:
    book = openpyxl.load_workbook(file_of(app, people, spreadsheets.XLSX))

    assert book.sheetnames == [*(table.title for table in TABLES.values()), "Dictionary"]
    sheet = book["Observations"]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert sheet.freeze_panes == "A2"
    assert (row["systolic_mmhg"].value, row["systolic_mmhg"].data_type) == (151, "n")
    assert row["effective_at_utc"].value == datetime(2026, 3, 12, 10, 40)  # noqa: DTZ001
    assert row["effective_at_utc"].is_date
    assert row["heart_rate_per_min"].value is None, "nothing was said"
    assert row["dissociation_score"].value == 0
    assert row["patient_number"].value == "P-1001"
    assert book["Sessions"].max_row == 2


def test_no_text_of_a_workbook_runs_and_each_comes_back_as_typed(
    app: Flask, people: People, work: Work, clock: Clock
) -> None:
    clock.now = NOW
    with work(people["nurse"]):
        session = make_session()
        spray(session, T0)
        for n, typed in enumerate(TYPED):
            said = {"event": "onset", "term": "other", "severity": "mild", "text": typed}
            write(session, "adverse-event", T0 + timedelta(minutes=n), said=said)

    made = file_of(app, people, spreadsheets.XLSX, what=("side-effects",))

    sheet = openpyxl.load_workbook(made)["Side effects"]
    place = [cell.value for cell in sheet[1]].index("typed_words")
    cells = [row[place] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [unescape(cell.value) for cell in cells] == TYPED


@pytest.mark.usefixtures("treated")
def test_the_filters_of_an_order_hold_in_every_table(
    app: Flask, people: People, work: Work
) -> None:
    with work(people["nurse"]):
        other = make_session(number="P-2002")
        spray(other, T0)
        course_id = other.course_id

    hers = file_of(app, people, csv_files.CSV, course_id=course_id)
    infusions = file_of(app, people, csv_files.CSV, routes=("intravenous",))
    sprays = file_of(app, people, csv_files.CSV, routes=("nasal",))
    april = file_of(app, people, csv_files.CSV, period=Period(date(2026, 4, 1), date(2026, 4, 30)))

    assert [row["patient_number"] for row in rows_in(hers, "sessions.csv")] == ["P-2002"]
    assert [row["patient_number"] for row in rows_in(hers, "courses.csv")] == ["P-2002"]
    assert rows_in(infusions, "sessions.csv") == rows_in(infusions, "courses.csv") == []
    assert len(rows_in(sprays, "sessions.csv")) == 2
    assert rows_in(april, "sessions.csv") == []


@pytest.mark.usefixtures("treated")
def test_a_workbook_without_names_holds_none(app: Flask, people: People) -> None:
    made = file_of(app, people, spreadsheets.XLSX, identified=False)

    sheets = openpyxl.load_workbook(made).worksheets
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    words = " ".join(str(value) for row in rows for value in row)
    assert "shift" in words
    assert not [one for one in ("P-1001", "Aiko", "2026-03-12") if one in words]
