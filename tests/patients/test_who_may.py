"""This file is about who may see a patient: by role, by clinic, and that the trail has it once."""

import uuid

import pytest

from clinic.core.permissions import Role
from tests.factories import make_infant, make_patient

NOBODY = uuid.UUID("01950000-0000-7000-8000-00000000dead")


@pytest.fixture
def maya(work, somebody):
    with work(somebody):
        return make_patient()


@pytest.fixture
def kofi(work, somebody, maya):
    with work(somebody):
        return make_infant(maya)


@pytest.fixture
def pages(maya, kofi) -> dict[str, str]:
    return {
        "find": "/patients",
        "new": "/patients/new",
        "show": f"/patients/{maya.id}",
        "edit": f"/patients/{maya.id}/edit",
        "new infant": f"/patients/{maya.id}/infants/new",
        "edit infant": f"/patients/{maya.id}/infants/{kofi.id}/edit",
    }


READS = {"find", "show"}
MAY = {
    Role.NURSE: {"find", "new", "show", "edit", "new infant", "edit infant"},
    Role.PSYCHIATRIST: {"find", "new", "show", "edit", "new infant", "edit infant"},
    Role.THERAPIST: READS,
    Role.ADMINISTRATOR: set(),
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_it_may_and_nothing_else(desk, pages, role):
    desk.role = role

    answers = {name: desk.get(address).status_code for name, address in pages.items()}

    assert answers == {name: 200 if name in MAY[role] else 403 for name in pages}


def test_who_may_not_cannot_send_the_forms_either(desk, pages):
    desk.role = Role.THERAPIST

    sent = [desk.post(address, given_name="X") for name, address in pages.items() if name != "find"]

    assert {answer.status_code for answer in sent} <= {403, 405}


def test_a_patient_of_another_clinic_is_not_found_on_any_page(desk, pages, stranger):
    desk.somebody = stranger
    hers = [address for name, address in pages.items() if name not in ("find", "new")]

    assert {desk.get(address).status_code for address in hers} == {404}
    assert {desk.post(address).status_code for address in hers if "edit" in address} == {404}


def test_an_id_of_nobody_is_not_found(desk):
    assert desk.get(f"/patients/{NOBODY}").status_code == 404
    assert desk.get("/patients/1").status_code == 404


@pytest.mark.parametrize("page", ["show", "edit", "new infant", "edit infant"])
def test_an_opening_is_in_the_trail_exactly_once(desk, maya, pages, page):
    desk.get(pages[page])

    assert len(desk.openings(maya.id)) == 1


def test_a_list_opens_nobody(desk, maya):
    desk.get("/patients")

    assert desk.openings(maya.id) == []


def test_a_form_without_its_token_is_refused(desk, pages):
    desk.get("/patients")

    assert desk.client.post(pages["edit"], data={"given_name": "X"}).status_code == 400
