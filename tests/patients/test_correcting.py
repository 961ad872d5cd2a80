"""This file is about correcting what is written down of her and her infants, by one or two."""

import html
import re

import pytest
from sqlalchemy import select, text

from clinic.core.audit import AuditEvent
from clinic.core.db import db
from clinic.patients import queries
from clinic.patients.actions import ChangedMeanwhile, save_in_place
from clinic.patients.models import Infant, Patient
from tests.databases import whole
from tests.factories import make_infant, make_patient

MAYA = {"number": "P-1001", "given_name": "Maya", "family_name": "Osei", "born_on": "1994-05-02"}


@pytest.fixture
def maya(work, somebody):
    with work(somebody):
        return make_patient()


@pytest.fixture
def kofi(work, somebody, maya):
    with work(somebody):
        return make_infant(maya)


@pytest.fixture
def stored(work, somebody):
    def read(record):
        with work(somebody):
            return db.session.get(type(record), record.id)

    return read


def test_the_form_opens_with_what_is_stored(desk, maya):
    page = desk.get(f"/patients/{maya.id}/edit")

    assert page.status_code == 200
    assert 'value="Osei"' in page.text
    assert 'value="1994-05-02"' in page.text


def test_a_correction_is_saved_and_found_by_the_new_name(desk, maya, stored):
    answer = desk.post(
        f"/patients/{maya.id}/edit", **MAYA | {"family_name": "Ósei-Blum", "version": "1"}
    )

    assert answer.status_code == 303
    assert (stored(maya).family_name, stored(maya).version) == ("Ósei-Blum", 2)
    assert desk.post("/patients", q="blum").location == f"/patients/{maya.id}"


def test_a_correction_of_her_own_number_is_no_clash_with_herself(desk, maya):
    answer = desk.post(f"/patients/{maya.id}/edit", **MAYA | {"version": "1", "para": "2"})

    assert answer.status_code == 303


def test_the_trail_keeps_the_old_value_as_ciphertext(desk, app, maya):
    desk.post(f"/patients/{maya.id}/edit", **MAYA | {"family_name": "Blum", "version": "1"})

    updates = select(AuditEvent.body).where(
        AuditEvent.action == "update", AuditEvent.patient_id == maya.id
    )
    with whole(app) as database:
        (update,) = database.scalars(updates)
    assert "enc:" in update
    assert "Osei" not in update
    assert "Blum" not in update


@pytest.mark.parametrize("version", ["1", ""])
def test_a_correction_of_an_older_version_loses_nothing_and_shows_both(desk, maya, stored, version):
    desk.post(f"/patients/{maya.id}/edit", **MAYA | {"given_name": "Mia", "version": "1"})

    clash = desk.post(
        f"/patients/{maya.id}/edit",
        **MAYA | {"phone": "555 0199", "given_name": "May", "version": version},
    )

    page = html.unescape(clash.text)
    assert clash.status_code == 409
    assert "Somebody else saved this record after you opened it." in page
    assert "<td>Mia</td><td>May</td>" in page
    assert "<td>nothing</td><td>555 0199</td>" in page
    assert 'value="555 0199"' in page
    assert stored(maya).given_name == "Mia"
    assert re.search(r'name="version" value="(\d)"', page).group(1) == "2"


def test_saving_again_after_the_comparison_counts(desk, maya, stored):
    desk.post(f"/patients/{maya.id}/edit", **MAYA | {"given_name": "Mia", "version": "1"})

    answer = desk.post(f"/patients/{maya.id}/edit", **MAYA | {"given_name": "May", "version": "2"})

    assert answer.status_code == 303
    assert (stored(maya).given_name, stored(maya).version) == ("May", 3)


def test_a_wrong_correction_is_explained_and_changes_nothing(desk, maya, stored):
    answer = desk.post(
        f"/patients/{maya.id}/edit", **MAYA | {"born_on": "2026-03-12", "version": "1"}
    )

    assert answer.status_code == 422
    assert "Enter a date of birth before today." in answer.text
    assert 'name="version" value="1"' in answer.text
    assert stored(maya).version == 1


def test_an_infant_is_added_and_shown(desk, work, somebody, maya):
    answer = desk.post(
        f"/patients/{maya.id}/infants/new",
        given_name="Leo",
        born_on="2026-01-22",
        feeding="breast",
    )

    page = desk.get(answer.location).text
    assert answer.status_code == 303
    assert "Leo" in page
    assert "Breastfeeding" in page
    with work(somebody):
        assert db.session.query(Infant).one().feeding == "breast"


def test_a_newborn_without_a_name_whose_feeding_nobody_asked_is_written_down(desk, maya):
    desk.post(
        f"/patients/{maya.id}/infants/new",
        given_name=" ",
        born_on="2026-01-22",
        feeding="not-asked",
    )

    page = desk.get(f"/patients/{maya.id}").text
    assert "Not named yet" in page
    assert "feeding not asked" in page
    assert "Breastfeeding" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"born_on": ""}, "Enter the infant's date of birth."),
        ({"born_on": "2026-03-13"}, "it cannot be after today"),
        ({"born_on": "1990-01-01"}, "when the mother was 10 or older"),
        ({"born_on": "2026-02-30"}, "that day is not in the calendar"),
        ({"feeding": "cow"}, "Choose feeding from the list."),
        ({"given_name": "x" * 10_000}, "at most 200 characters"),
        ({"given_name": "Le\u0007o"}, "remove the characters that cannot be seen"),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_wrong_infant_is_explained_and_not_saved(desk, maya, fields, sentence):
    sent = {"given_name": "Leo", "born_on": "2026-01-22", "feeding": "mixed"} | fields

    answer = desk.post(f"/patients/{maya.id}/infants/new", **sent)

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    assert "No infant on record." in desk.get(f"/patients/{maya.id}").text


def test_a_birth_far_from_the_delivery_is_asked_about_once(desk, maya):
    far = {"given_name": "Leo", "born_on": "2025-01-22", "feeding": "mixed"}

    first = desk.post(f"/patients/{maya.id}/infants/new", **far)
    other = desk.post(f"/patients/{maya.id}/infants/new", **far | {"keep": "2025-01-23"})
    kept = desk.post(f"/patients/{maya.id}/infants/new", **far | {"keep": "2025-01-22"})

    assert first.status_code == 422
    assert "Check: 22 Jan 2025 is not near the delivery, 22 Jan 2026." in first.text
    assert 'name="keep"' in first.text
    assert other.status_code == 422
    assert kept.status_code == 303


def test_an_infant_is_corrected_and_a_clash_shows_both(desk, maya, kofi, stored):
    address = f"/patients/{maya.id}/infants/{kofi.id}/edit"
    sent = {"given_name": "Kofi", "born_on": "2026-01-22", "version": "1"}

    saved = desk.post(address, **sent | {"feeding": "formula"})
    clash = desk.post(address, **sent | {"feeding": "breast"})

    assert saved.status_code == 303
    assert clash.status_code == 409
    assert "<td>Formula</td><td>Breast</td>" in clash.text
    assert (stored(kofi).feeding, stored(kofi).version) == ("formula", 2)


def test_an_infant_of_another_mother_is_not_found(desk, work, somebody, kofi):
    with work(somebody):
        ruth = make_patient(number="P-2", name_key="levy ruth")

    assert desk.get(f"/patients/{ruth.id}/infants/{kofi.id}/edit").status_code == 404


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_of_two_corrections_at_the_same_moment_one_is_told(work, somebody, maya):
    with work(somebody):
        patient = db.session.get(Patient, maya.id)
        with db.engine.begin() as other:
            other.execute(text("UPDATE patient SET given_name = 'Mia', version = 2"))

        with pytest.raises(ChangedMeanwhile):
            save_in_place(patient, {"given_name": "May"}, version=1)
        db.session.rollback()


def test_a_number_that_is_taken_at_the_same_moment_is_said_beside_its_field(
    desk, work, somebody, maya, monkeypatch
):
    with work(somebody):
        make_patient(number="P-2", given_name="Ruth", family_name="Levy", name_key="levy ruth")
    looks = iter([None])
    real = queries.by_number
    monkeypatch.setattr(queries, "by_number", lambda number: next(looks, real(number)))

    answer = desk.post(f"/patients/{maya.id}/edit", **MAYA | {"number": "P-2", "version": "1"})

    assert answer.status_code == 422
    assert "Ruth Levy has this number already." in answer.text
    assert 'value="P-2"' in answer.text
