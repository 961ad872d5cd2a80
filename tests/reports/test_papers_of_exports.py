"""This file is about exports on paper: records of sessions and pages of courses in an archive."""

import io
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pymupdf
import pytest
from flask import Flask

from clinic.core import paper
from clinic.core.acting import act_as
from clinic.reports.actions.papers import COURSES, RECORDS
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.source import Source
from clinic.reports.rules.ordering import Order, Unwatched
from clinic.reports.views import OUTCOMES
from tests.reports.conftest import People
from tests.reports.made import T0
from tests.reports.ordered import MARCH

pytestmark = [
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("treated"),
]


def archive(app: Flask, people: People, form: Any, *, identified: bool) -> tuple[int, ZipFile]:
    """How many were printed, and the archive."""
    order, made = Order((), MARCH, identified=identified), io.BytesIO()
    with app.app_context(), act_as(people["administrator"]):
        source = Source(order, T0 + timedelta(hours=3))
        rows = form.write(order, source, mask_for(order), made, Unwatched())
    return rows, ZipFile(made)


def test_each_session_has_its_record_and_each_course_its_pages(app: Flask, people: People) -> None:
    for form, name in ((RECORDS, "p-1001-session-1-"), (COURSES, "p-1001-")):
        rows, files = archive(app, people, form, identified=True)

        [entry] = files.namelist()
        assert rows == 1
        assert entry.startswith(name)
        assert files.read(entry).startswith(b"%PDF-")


def test_a_record_without_names_is_not_called_by_her_number(app: Flask, people: People) -> None:
    asked: list[bool] = []
    paper.print_with(app, "session", lambda _id, named: asked.append(named) or b"%PDF-")

    _, files = archive(app, people, RECORDS, identified=False)

    [entry] = files.namelist()
    assert "1001" not in entry.split("-session-")[0]
    assert asked == [False]


def test_an_outcome_report_tells_the_period_and_cohort_and_neither_names_nor_small_counts(
    app: Flask, people: People
) -> None:
    order = Order((), MARCH, routes=("nasal",), format="outcomes")
    made = io.BytesIO()
    with app.app_context(), act_as(people["administrator"]):
        source = Source(order, T0 + timedelta(hours=3))
        figures = OUTCOMES.write(order, source, mask_for(order), made, Unwatched())

    text = " ".join(" ".join(page.get_text() for page in pymupdf.open(stream=made)).split())
    assert figures > 20
    assert "Outcome report" in text
    assert "First dose 01 Mar 2026 to 31 Mar 2026" in text
    assert "Cohort nasal" in text
    assert "Sessions fewer than 5" in text, "there was one"
    assert not [word for word in ("P-1001", "Marta", "Aiko", "Harbour") if word in text]
