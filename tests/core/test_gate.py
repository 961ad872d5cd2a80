"""This file is about the gate: who gets in, what is noted, what is refused before a view runs."""

import pytest
from flask import Blueprint
from sqlalchemy import select

from clinic import create_app
from clinic.core.acting import act_as
from clinic.core.db import db
from clinic.core.permissions import GRANTS, Permission, Role, UndeclaredViews
from tests.conftest import Work, configuration
from tests.core.browser import Browser
from tests.core.trail import events, newest
from tests.core.trial import HERE, PATIENT, THERE, Bed, Ward


@pytest.fixture
def ward(app) -> Ward:
    """The ward of this clinic."""
    with app.app_context(), act_as(HERE):
        return db.session.scalars(select(Ward)).one()


@pytest.fixture
def their_ward(app) -> Ward:
    """The ward of the other clinic."""
    with app.app_context(), act_as(THERE):
        return db.session.scalars(select(Ward)).one()


def test_a_view_nobody_thought_about_stops_the_start(monkeypatch, tmp_path) -> None:
    """A05, A07: a function without its check."""
    bp = Blueprint("forgotten", __name__)
    bp.add_url_rule("/forgotten", "page", lambda: "open to all")
    monkeypatch.setattr("clinic.init_rooms", lambda app: app.register_blueprint(bp))

    with pytest.raises(UndeclaredViews, match=r"forgotten\.page"):
        create_app(configuration(f"sqlite:///{tmp_path}/never.db"))


def test_a_view_declared_too_late_is_refused_when_it_is_asked_for(app, nurse, anybody) -> None:
    app.add_url_rule("/late", "late", lambda: "open to all")

    assert anybody.get("/late").status_code == 303
    assert nurse.get("/late").status_code == 403


def test_somebody_who_is_not_signed_in_is_taken_to_the_sign_in_page_and_back(anybody) -> None:
    response = anybody.get("/trial/configure?a=1")

    assert response.status_code == 303
    assert response.headers["Location"].endswith("?next=/trial/configure?a%3D1")


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"HX-Request": "true"}])
def test_a_script_that_is_not_signed_in_is_told(headers, anybody) -> None:
    response = anybody.get("/trial/configure", headers=headers)

    assert response.status_code == 401
    assert "sign in again" in response.text


def test_a_role_without_the_permission_is_refused_and_the_trail_knows(app, nurse) -> None:
    before = len(events(app))

    response = nurse.get("/trial/configure")

    assert response.status_code == 403
    event = newest(app)
    assert len(events(app)) == before + 1
    assert (event["action"], event["actor"]) == ("refuse", str(HERE.actor_id))
    assert event["detail"] == {"endpoint": "trial.configure", "method": "GET", "role": "nurse"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_grants_and_nothing_else(role: Role, app, ward: Ward) -> None:
    """A05, A07: a function without its check."""
    browser = Browser(app, role=role)
    granted = GRANTS[role]

    assert (browser.get("/trial/configure").status_code == 200) == (
        Permission.CLINIC_CONFIGURE in granted
    )
    assert (browser.get(f"/trial/wards/{ward.id}").status_code == 200) == (
        Permission.CHART_READ in granted
    )


def test_opening_a_record_is_noted_with_its_patient(app, nurse, ward: Ward) -> None:
    response = nurse.get(f"/trial/wards/{ward.id}")

    assert response.get_json() == {"name": "mine", "patient": str(PATIENT)}
    event = newest(app)
    assert (event["action"], event["type"]) == ("open", "trial.show")
    assert (event["patient"], event["actor"]) == (str(PATIENT), str(HERE.actor_id))
    assert event["detail"] == {"trial_ward_id": str(ward.id)}
    assert len(event["request"]) == 16


def test_a_page_that_refreshes_itself_is_noted_once(app, nurse, ward: Ward) -> None:
    before = len(events(app))

    nurse.get(f"/trial/wards/{ward.id}")
    nurse.get(f"/trial/wards/{ward.id}/fresh")
    nurse.get(f"/trial/wards/{ward.id}/fresh")
    assert len(events(app)) == before + 1

    nurse.get(f"/trial/wards/{ward.id}")
    assert len(events(app)) == before + 2


def test_a_refresh_without_an_opening_is_noted(app, nurse, ward: Ward) -> None:
    before = len(events(app))

    nurse.get(f"/trial/wards/{ward.id}/fresh")

    assert len(events(app)) == before + 1


def test_a_write_is_not_an_opening(app, nurse, ward: Ward) -> None:
    before = len(events(app))

    nurse.post(f"/trial/wards/{ward.id}/rename", name="renamed")

    assert [event["action"] for event in events(app)[before:]] == ["update"]


@pytest.mark.parametrize("path", ["", "/fresh", "/beds/{bed}"])
def test_a_record_of_another_clinic_is_not_there(path, app, nurse, ward, their_ward) -> None:
    with app.app_context(), act_as(HERE):
        bed = db.session.scalars(select(Bed.id)).one()
    before = events(app)

    response = nurse.get(f"/trial/wards/{their_ward.id}{path.format(bed=bed)}")

    assert response.status_code == 404
    assert "theirs" not in response.text
    assert events(app) == before


def test_a_child_of_another_clinic_is_not_there(app, nurse, ward: Ward) -> None:
    with app.app_context(), act_as(THERE):
        theirs = db.session.scalars(select(Bed.id)).one()

    assert nurse.get(f"/trial/wards/{ward.id}/beds/{theirs}").status_code == 404


def test_a_child_of_another_parent_is_not_there(app, nurse, ward: Ward, work: Work) -> None:
    with work(HERE):
        other = Ward(name="other", patient_id=PATIENT)
        db.session.add(other)
        db.session.flush()
        bed = Bed(ward_id=other.id, label="other")
        db.session.add(bed)

    assert nurse.get(f"/trial/wards/{other.id}/beds/{bed.id}").text == "other"
    assert nurse.get(f"/trial/wards/{ward.id}/beds/{bed.id}").status_code == 404


def test_an_address_that_leads_to_two_patients_is_not_there(app, nurse, ward, work: Work) -> None:
    with work(HERE):
        other = Ward(name="other", patient_id=THERE.clinic_id)
        db.session.add(other)
        db.session.flush()
        bed = Bed(ward_id=other.id, label="other")
        db.session.add(bed)
    before = events(app)

    assert nurse.get(f"/trial/wards/{ward.id}/beds/{bed.id}").status_code == 404
    assert events(app) == before


def test_a_write_to_another_clinics_record_changes_nothing(app, nurse, their_ward) -> None:
    response = nurse.post(f"/trial/wards/{their_ward.id}/rename", name="taken over")

    assert response.status_code == 404
    with app.app_context(), act_as(THERE):
        assert db.session.scalars(select(Ward.name)).all() == ["theirs"]


def test_a_hidden_field_that_names_another_clinics_record_is_a_clash(
    app, nurse, ward: Ward, their_ward: Ward
) -> None:
    assert nurse.post("/trial/beds", ward_id=str(ward.id)).status_code == 200
    assert nurse.post("/trial/beds", ward_id=str(their_ward.id)).status_code == 409

    for somebody, labels in ((HERE, ["hidden", "mine"]), (THERE, ["theirs"])):
        with app.app_context(), act_as(somebody):
            assert sorted(db.session.scalars(select(Bed.label))) == labels


ODD_IDS = ["0", "3097816312401323383324672", "x", "%00", "..%2f..", "null", "1e9", "-1"]


@pytest.mark.parametrize("odd", ODD_IDS)
def test_an_odd_id_is_not_there(odd: str, nurse) -> None:
    assert nurse.get(f"/trial/wards/{odd}").status_code == 404


def test_a_number_beyond_64_bits_is_not_there(app, nurse) -> None:
    """A31, A32: numbers past 64 bits, deep JSON."""
    assert nurse.get("/trial/numbers/12").text == "12"
    for digits in ("3097816312401323383324672", "9" * 4000, "9" * 5000, "9223372036854775808"):
        assert nurse.get(f"/trial/numbers/{digits}").status_code == 404
