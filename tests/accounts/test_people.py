"""This file is about clinics and people: one name each, changes in the trail, nobody deleted."""

import uuid

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from clinic.accounts import actions
from clinic.accounts.models import Clinic, Membership, User
from clinic.accounts.queries import initials, names_of, staff
from clinic.core.acting import NobodyIsActing, act_as
from clinic.core.db import db, job
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Role
from tests.accounts.browser import NURSE, bodies, trail
from tests.factories import CLINIC_ID, acting_as, make_other_clinic, make_user

NEW = "seven purple lanterns drift"


def refused(**given: str) -> dict[str, list[str]]:
    """What is said about a person who cannot be made like that."""
    values = {"email": "new@clinic.example", "full_name": "New Person", "password": NEW}
    with pytest.raises(Unprocessable) as caught:
        actions.create_user(**values | given)
    return caught.value.fields


@pytest.mark.parametrize(
    "email",
    [
        NURSE,
        "nurse@clinic.example ",
        "NURSE@CLINIC.EXAMPLE",
        "ｎｕｒｓｅ@clinic.example",
        "\tnurse@clinic.example\n",
        "nurſe@clinic.example",
        "\u3000nurse@clinic.example",
    ],
)
def test_a_look_alike_of_a_name_in_use_is_refused(clinic_app: Flask, email: str) -> None:
    """A22: look-alike names."""
    with clinic_app.app_context():
        assert refused(email=email) == {"email": ["Somebody has this email address already."]}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "email", ["", "nurse", "a@b", "a\0@clinic.example", "a@" + "b" * 300 + ".de"]
)
def test_a_name_that_is_no_email_is_refused(clinic_app: Flask, email: str) -> None:
    with clinic_app.app_context():
        said = refused(email=email)

    assert said == {"email": ["Enter an email address, such as name@clinic.example."]}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short of fiftee", None),
        ("short of fifte", "Use 15 to 128 characters"),
        ("", "Use 15 to 128 characters"),
        ("x" * 129, "Use 15 to 128 characters"),
        ("password1234567", "This is easy to guess."),
        ("aaaaaaaaaaaaaaaaaaaa", "This is easy to guess."),
        ("new@clinic.example", "This is easy to guess."),
        ("seven purple\0lanterns drift", "Remove the characters"),
    ],
)
def test_a_password_is_long_and_not_to_be_guessed(
    clinic_app: Flask, password: str, said: str | None
) -> None:
    with clinic_app.app_context():
        if said is None:
            assert actions.create_user(
                email="new@clinic.example", full_name="New Person", password=password
            )
        else:
            (sentence,) = refused(password=password)["password"]
            assert sentence.startswith(said)


def test_with_a_second_step_a_password_may_have_8_characters(clinic_app: Flask) -> None:
    with clinic_app.app_context(), job():
        person = make_user(email="b@clinic.example", tf_primary_method="authenticator")
        actions.change_password(person.id, "v9$Lq!2x")
        with pytest.raises(Unprocessable):
            actions.change_password(person.id, "v9$Lq!2")


def test_every_fault_is_named_at_once(clinic_app: Flask) -> None:
    with clinic_app.app_context():
        assert set(refused(email="", full_name=" ", password="")) == {
            "email", "full_name", "password",
        }  # fmt: skip


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "harbour"}, "code"),
        ({"code": " "}, "code"),
        ({"name": ""}, "name"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
    ],
)
def test_a_clinic_needs_a_name_of_its_own_and_a_time_zone(
    clinic_app: Flask, given: dict[str, str], field: str
) -> None:
    values = {"code": "hill", "name": "Hill", "timezone": "Europe/London"} | given
    with clinic_app.app_context(), pytest.raises(Unprocessable) as caught:
        actions.create_clinic(**values)  # type: ignore[arg-type]

    assert list(caught.value.fields) == [field]


def test_a_person_has_one_place_in_a_clinic(clinic_app: Flask) -> None:
    with clinic_app.app_context():
        person = db.session.scalars(select(User).where(User.email == NURSE)).one()
        with pytest.raises(Unprocessable):
            actions.add_membership(person.id, CLINIC_ID, Role.AUDITOR)


def test_whoever_is_sent_home_is_not_deleted(clinic_app: Flask) -> None:
    with clinic_app.app_context(), job():
        person = db.session.scalars(select(User).where(User.email == NURSE)).one()
        actions.deactivate(person.id)

    with clinic_app.app_context():
        assert names_of([person.id]) == {person.id: "Aiko Kimura"}
        kept = db.session.scalars(select(Membership).where(Membership.user_id == person.id))
        assert [membership.role for membership in kept] == [Role.NURSE]


def test_people_places_roles_and_passwords_are_in_the_trail_without_the_secrets(
    clinic_app: Flask,
) -> None:
    """A26: a change of accounts without an event."""
    with clinic_app.app_context(), job():
        person = actions.create_user(
            email="new@clinic.example", full_name="New Person", password=NEW
        )
        actions.add_membership(person.id, CLINIC_ID, Role.NURSE)
    before = len(trail(clinic_app))
    with clinic_app.app_context(), job():
        actions.change_password(person.id, "eleven wooden harps sleeping")
        actions.set_role(person.id, CLINIC_ID, Role.AUDITOR)

    assert sorted(trail(clinic_app)[before:]) == ["change-password", "update", "update"]
    said = bodies(clinic_app)
    assert '"role":["nurse","auditor"]' in said
    assert '"password":["(secret)","(secret)"]' in said
    assert "argon2" not in said
    assert "lanterns" not in said


def test_names_have_their_title_and_strangers_have_none(clinic_app: Flask) -> None:
    with clinic_app.app_context():
        person = db.session.scalars(select(User).where(User.title == "Dr")).one()

        assert names_of([person.id, uuid.uuid4()]) == {person.id: "Dr Priya Nair"}
        assert names_of([]) == {}
        assert (initials(person.id), initials(uuid.uuid4())) == ("PN", "")


def test_the_staff_of_a_clinic_are_those_who_work_there_now(clinic_app: Flask) -> None:
    with clinic_app.app_context(), job():
        hill = make_other_clinic()
        elsewhere = make_user(clinic=hill, email="hill@clinic.example", full_name="Zoe Hill")
        gone = make_user(email="gone@clinic.example", full_name="Gone Away")
        actions.deactivate(gone.id)
        clinic = db.session.scalars(select(Clinic).where(Clinic.id == CLINIC_ID)).one()

    with clinic_app.app_context(), act_as(acting_as(elsewhere, clinic)):
        assert [name for _, name in staff()] == ["Aiko Kimura", "Dr Priya Nair"]
        assert [name for _, name in staff(Role.PSYCHIATRIST)] == ["Dr Priya Nair"]
    with clinic_app.app_context(), pytest.raises(NobodyIsActing):
        staff()


def test_two_changes_of_one_person_at_once_do_not_overwrite_each_other(
    clinic_app: Flask,
) -> None:
    with clinic_app.app_context():
        person = db.session.scalars(select(User).where(User.email == NURSE)).one()
        db.session.expunge(person)
        db.session.rollback()
    with clinic_app.app_context(), job():
        actions.change_password(person.id, NEW)

    with clinic_app.app_context():
        db.session.add(person)
        person.full_name = "Another Name"
        with pytest.raises(StaleDataError):
            db.session.flush()
