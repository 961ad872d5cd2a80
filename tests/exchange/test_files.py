"""Files for other systems, written from a clinic's database as a worker writes them."""

import csv
import io
import json
import uuid
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.db import job
from clinic.courses.actions import open_course
from clinic.courses.queries import course_or_raise
from clinic.protocols.queries import in_force
from clinic.reports.actions.formats import FORMATS
from clinic.reports.queries.source import Source
from clinic.reports.rules import Period
from clinic.reports.rules.jobs import JobState
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Cancelled, Order, Unwatched
from tests.clock import Clock
from tests.desk import somebody
from tests.exchange.checked import problems
from tests.exchange.made import KEY
from tests.factories import make_patient
from tests.integration.furnished import furnished
from tests.reports.ordered import job_of, made, ordered
from tests.review.room import FIRST, empty_course, give_two_doses, score_her

__all__ = ["somebody"]
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def course_id(app: Flask, somebody: Acting, work: Any, clock: Clock) -> uuid.UUID:
    """Two doses, scales, a medicine, an infant that was weighed, a plan that was signed."""
    made = empty_course(app, somebody, clock)
    clock.now = FIRST + timedelta(days=30)
    with work(somebody):
        give_two_doses(course_or_raise(made))
        score_her(made, thoughts=1)
        furnished(made, "Her words")
    return made


def written(app: Flask, somebody: Acting, clock: Clock, code: str, **given: Any) -> bytes:
    """A file of a format."""
    mask = given.pop("mask", Mask.plain())
    order = Order(**{"what": (), "period": YEAR, "identified": True, "format": code} | given)
    into = io.BytesIO()
    with app.app_context(), act_as(somebody):
        FORMATS[code].write(order, Source(order, clock.now), mask, into, Unwatched())
    return into.getvalue()


def parts(file: bytes) -> dict[str, str]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_bulk_fhir_of_a_clinic_is_valid_and_its_manifest_counts_it(app, somebody, clock, course_id):
    found = parts(written(app, somebody, clock, "fhir"))

    lines = {
        n: [json.loads(one) for one in text.splitlines()]
        for n, text in found.items()
        if n.endswith(".ndjson")
    }
    manifest = json.loads(found["manifest.json"])
    assert {one["url"]: one["count"] for one in manifest["output"]} == {
        n: len(rows) for n, rows in lines.items()
    }
    assert {
        "Patient.ndjson",
        "EpisodeOfCare.ndjson",
        "Encounter.ndjson",
        "Observation.ndjson",
        "MedicationAdministration.ndjson",
        "AdverseEvent.ndjson",
        "QuestionnaireResponse.ndjson",
        "CarePlan.ndjson",
        "Provenance.ndjson",
    } <= set(lines)
    assert problems(line for rows in lines.values() for line in rows) == []


def test_a_bundle_is_of_one_course(app, somebody, clock, course_id):
    other = empty_course_of_another(app, somebody, clock)

    bundle = json.loads(written(app, somebody, clock, "fhir-bundle", course_id=other))

    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("EpisodeOfCare") == 1
    assert "Encounter" not in kinds


def empty_course_of_another(app: Flask, somebody: Acting, clock: Clock) -> uuid.UUID:
    """A course of another woman, in which nothing happened yet."""
    with app.app_context(), act_as(somebody), job():
        version = in_force("esketamine-nasal-56-84")
        assert version
        return open_course(make_patient(number="P-2002").id, version.id).id


def test_sdtm_has_a_file_per_domain_and_a_row_in_the_dictionary_for_each_variable(
    app, somebody, clock, course_id
):
    found = parts(written(app, somebody, clock, "sdtm"))

    domains = {"dm", "sv", "ex", "vs", "ae", "qs", "cm", "sc"}
    assert set(found) == {f"{name}.csv" for name in (*domains, "define", "codes")}
    described = {(row["dataset"].lower(), row["variable"]) for row in rows(found["define.csv"])}
    columns = {
        (name, column)
        for name in domains
        for column in next(csv.reader(io.StringIO(found[f"{name}.csv"])))
    }
    assert described == columns
    [dm] = rows(found["dm.csv"])
    assert (dm["RFSTDTC"], dm["SEX"], dm["ARMCD"]) == (
        "2026-03-04T09:30:00+00:00",
        "F",
        "esketamine-nasal-56-84",
    )


def first_line(text: str) -> list[str]:
    """The names of the columns of a file."""
    return next(csv.reader(io.StringIO(text)))


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a file by the names of its first line."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_only_the_period_is_in_it_and_visits_keep_their_numbers(app, somebody, clock, course_id):
    second = Period(date(2026, 3, 10), date(2026, 3, 20))

    found = parts(written(app, somebody, clock, "sdtm", period=second))

    assert {row["VISITNUM"] for row in rows(found["ex.csv"])} == {"2"}
    assert {row["EXSTDY"] for row in rows(found["ex.csv"])} == {"8"}


def test_what_was_not_asked_for_has_no_file(app, somebody, clock, course_id):
    sdtm = parts(written(app, somebody, clock, "sdtm", what=("doses",)))
    fhir = parts(written(app, somebody, clock, "fhir", what=("scores",)))

    assert set(sdtm) == {"dm.csv", "sv.csv", "ex.csv", "define.csv", "codes.csv"}
    assert {"QuestionnaireResponse.ndjson", "Encounter.ndjson"} <= set(fhir)
    assert not {
        "AdverseEvent.ndjson",
        "MedicationAdministration.ndjson",
        "CarePlan.ndjson",
        "Condition.ndjson",
    } & set(fhir)


@pytest.mark.parametrize("code", ["fhir", "sdtm"])
def test_de_identified_neither_names_numbers_nor_days_are_in_any_file(
    app, somebody, clock, course_id, code
):
    found = "".join(
        parts(written(app, somebody, clock, code, mask=Mask.keyed(KEY), identified=False)).values()
    )

    assert not [
        w
        for w in ("Maya", "Torres", "P-1001", "Her words", "2026-03-04", str(course_id))
        if w in found
    ]


def test_whoever_does_not_want_it_any_more_stops_it(app, somebody, clock, course_id):
    class Impatient(Unwatched):
        def step(self, done: int, total: int, mark: object = None) -> None:
            raise Cancelled

    order = Order(what=(), period=YEAR, format="sdtm")
    with app.app_context(), act_as(somebody), pytest.raises(Cancelled):
        FORMATS["sdtm"].write(
            order, Source(order, clock.now), Mask.plain(), io.BytesIO(), Impatient()
        )


@pytest.mark.parametrize("code", ["fhir", "fhir-bundle", "sdtm"])
def test_a_worker_makes_the_file_that_was_ordered(app, somebody, clock, course_id, code):
    job_id = ordered(app, somebody, what=("sessions", "doses"), format=code, course_id=course_id)

    assert made(app, somebody) is True
    job = job_of(app, somebody, job_id)
    assert (job.state, job.rows > 0) == (JobState.READY, True)
