"""The pages of patients, protocols, scales, reports and settings shut nobody out, light or dark."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.courses.actions import open_course
from clinic.protocols.actions import publish_from_library
from tests.axe import faults_on
from tests.conftest import LiveServer
from tests.factories import acting_as, make_clinic, make_infant, make_patient, make_user
from tests.sign_in import sign_in_on

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def maya(live_server: LiveServer) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """Maya Osei, her son, and the protocol of her course; a nurse and an administrator."""
    with live_server.app.app_context(), job():
        clinic = make_clinic(idle_minutes=600)
        somebody = acting_as(make_user(), clinic)
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lindqvist")
    with live_server.app.app_context(), act_as(somebody), job():
        patient = make_patient(gravida=1, para=1, allergy_answer="listed", allergies="penicillin")
        infant = make_infant(patient, feeding="mixed")
        version = publish_from_library("esketamine-nasal-56-84")
        open_course(patient.id, version.id)
        return patient.id, infant.id, version.id


@pytest.fixture
def quiet(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """A browser; a word on its console fails the test."""
    said: list[str] = []
    page.on("console", lambda words: said.append(words.text) if words.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [words for words in said if "422" not in words] == []


def test_the_pages_of_a_patient_shut_nobody_out(
    quiet: Page, maya: tuple[uuid.UUID, uuid.UUID, uuid.UUID]
) -> None:
    patient, infant, version = maya
    sign_in_on(quiet, "nurse@clinic.example")
    hers = f"/patients/{patient}"
    places = ("", "/edit", "/infants/new", f"/infants/{infant}/edit", "/courses")

    found = faults_on(quiet, "/patients", "/patients?show=all", *(hers + place for place in places))
    found |= faults_on(quiet, "/protocols", f"/protocols/{version}", "/settings/scales")
    found |= faults_on(quiet, "/patients/new", "/patients", hers, "/protocols", theme="dark")

    assert found == {}


def test_the_pages_of_the_office_shut_nobody_out(
    quiet: Page, maya: tuple[uuid.UUID, uuid.UUID, uuid.UUID]
) -> None:
    sign_in_on(quiet, "administrator@clinic.example")
    reports = ("", "/figures", "/alerts", "/dictionary")

    found = faults_on(quiet, "/setup/components", *(f"/reports{place}" for place in reports))
    found |= faults_on(quiet, "/setup/components", "/reports", theme="dark")

    assert found == {}
