"""This file is about names beside those who are called: on the alert, and before the dose."""

import pytest
from sqlalchemy import select

from clinic.accounts.actions import name_for_duty
from clinic.accounts.models import User
from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def put_on_duty(morning: Morning) -> None:
    """Aiko takes charge; Dr Okafor names himself on site."""
    with morning.app.app_context():
        doctor_id = db.session.scalars(select(User.id).where(User.title == "Dr")).one()
        db.session.rollback()
        nurse = morning.acting
        doctor = Acting(doctor_id, nurse.clinic_id, nurse.timezone)
        hours = {"starts_at": moment("08:00"), "ends_at": moment("18:00")}
        for somebody, kind in ((nurse, DutyKind.IN_CHARGE), (doctor, DutyKind.ON_SITE)):
            with act_as(somebody), job():
                name_for_duty(kind, somebody.actor_id, **hours)


def test_the_prescriber_on_site_is_named_before_the_dose(morning: Morning) -> None:
    morning.check_in()
    assert "prescriber on site (nobody named)" in morning.page().text

    put_on_duty(morning)

    assert "prescriber on site (Dr Chidi Okafor)" in morning.page().text


def test_an_alert_says_by_name_who_is_called(morning: Morning) -> None:
    put_on_duty(morning)
    morning.until("10:31")
    morning.clock.now = moment("10:34")

    page = morning.page().text

    assert "Calling now: nurse in charge (Aiko Kimura)." in page
    assert "Then psychiatrist on call (nobody named) at 10:36." in page
