"""D6: a psychiatrist overrides a criterion of leaving, the nurse sees who and why, and signs."""

import re
import uuid
from collections.abc import Callable
from dataclasses import replace

import pymupdf
import pytest

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.core.signatures import DocumentVersion, latest
from tests.accounts.browser import Browser
from tests.accounts.tablet import DOCTOR, PINS, enrolled, known_to, staff_with_pins, switch
from tests.clock import Clock
from tests.desk import Desk
from tests.factories import PASSWORD, make_user
from tests.sessions.leaving import NORMAL, moment, observed, tell
from tests.sessions.room import put, record
from tests.sessions.story import Morning, morning

__all__ = ["morning", "observed", "tell"]

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DOCTOR_ID = uuid.UUID("01950000-0000-7000-8000-0000000000a2")
SEEN = re.compile(r'name="seen" value="(\w+)"')
SENTENCE = "Overridden 11:34 by Dr Chidi Okafor: Usual for her"


@pytest.fixture
def raised(
    desk: Desk, session_id: uuid.UUID, observed: None, tell: Callable[..., None], clock: Clock
) -> uuid.UUID:
    """All is met but her blood pressure, 138/94 at 11:33; it is 11:34."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
        make_user(id=DOCTOR_ID, role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
    tell("11:33", **NORMAL | {"systolic": 138, "diastolic": 94})
    clock.now = moment("11:34")
    return session_id


def path(session_id: uuid.UUID, code: str = "blood-pressure") -> str:
    return f"/sessions/{session_id}/criteria/{code}/override"


def as_doctor(desk: Desk) -> Desk:
    """The desk of Dr Okafor."""
    return Desk(desk.app, replace(desk.somebody, actor_id=DOCTOR_ID), Role.PSYCHIATRIST)


def overridden(doctor: Desk, session_id: uuid.UUID, code: str = "blood-pressure", **typed: str):
    """She reads the page, and sends it with her reason and her password."""
    seen = SEEN.search(doctor.get(path(session_id, code)).text)
    said = {"seen": seen.group(1) if seen else "x", "reason": "Usual for her", "password": PASSWORD}
    return doctor.post(path(session_id, code), **said | typed)


def plain(page) -> str:
    """A page without its marks."""
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def signed(desk: Desk, session_id: uuid.UUID, left_at: str) -> int:
    """The nurse signs the discharge."""
    fields = {"left_at": f"2026-03-12T{left_at}", "password": PASSWORD}
    return desk.post(f"/sessions/{session_id}/discharge", **fields).status_code


def test_d6_the_nurse_sees_who_overrode_it_and_why_and_can_sign(desk, raised) -> None:
    before = plain(desk.get(f"/sessions/{raised}/discharge"))
    refused = signed(desk, raised, "11:34")

    assert overridden(as_doctor(desk), raised).status_code == 303

    page = plain(desk.get(f"/sessions/{raised}/discharge"))
    assert "A psychiatrist can override what is missing" in before
    assert SENTENCE in page
    assert (refused, signed(desk, raised, "11:33"), signed(desk, raised, "11:34")) == (
        422,
        422,
        303,
    )
    with record(desk.app, desk.somebody, raised):
        criteria = {code: how for code, how, _ in latest("discharge", raised).content()["criteria"]}
        document = db.session.query(DocumentVersion).filter_by(kind="discharge-override").one()
        assert (document.signed_by_id, document.reason) == (DOCTOR_ID, "Usual for her")
        assert document.is_unchanged()
    assert criteria["blood-pressure"] == "overridden"
    pages = pymupdf.open(stream=desk.get(f"/sessions/{raised}/record.pdf").data, filetype="pdf")
    paper = " ".join("".join(one.get_text() for one in pages).split())
    assert SENTENCE.lower() in paper.lower()


@ON_ONE
def test_d6_only_a_psychiatrist_with_her_password_and_a_reason_overrides(desk, raised) -> None:
    doctor = as_doctor(desk)

    nurse = overridden(desk, raised)
    wrong = overridden(doctor, raised, password="4817", reason="")
    unread = overridden(doctor, raised, seen="0" * 64)

    assert (nurse.status_code, wrong.status_code, unread.status_code) == (403, 422, 409)
    assert "Enter why she may leave all the same." in wrong.text
    assert "Read it once more" in unread.text
    assert "Overridden" not in plain(desk.get(f"/sessions/{raised}/discharge"))
    assert doctor.get(path(raised, "weather")).status_code == 404


@ON_ONE
def test_d6_the_minimum_stay_of_the_label_has_no_form_and_takes_no_override(
    desk, raised, clock
) -> None:
    clock.now = moment("11:00")
    doctor = as_doctor(desk)

    page = plain(doctor.get(path(raised, "minimum-stay")))

    assert "Nobody can override this minimum stay" in page
    assert overridden(doctor, raised, "minimum-stay").status_code == 409


@ON_ONE
def test_d6_nothing_of_it_is_said_by_an_entry_of_a_tablet(desk, arrived, clock) -> None:
    says = {"kind": "transition", "event": "criterion-overridden", "text": "x"}

    answer = put(desk, arrived, effective_at=clock.now.isoformat(), **says)

    assert answer.status_code == 403


@ON_ONE
def test_d8_3_a_shared_tablet_signs_no_override(app, morning: Morning) -> None:
    staff_with_pins(app)
    tablet: Browser = known_to(enrolled(app), DOCTOR)
    morning.until("11:30")
    switch(tablet, DOCTOR, PINS["psychiatrist"])
    address = path(morning.session_id)

    page = tablet.get(address)
    answer = tablet.post(address, page="/account", seen="0" * 64, reason="Usual", password=PASSWORD)

    assert "This tablet is shared." in page.text
    assert answer.status_code == 403


@ON_ONE
def test_d8_3_a_shared_tablet_signs_no_override_of_a_hold(app, morning: Morning) -> None:
    staff_with_pins(app)
    tablet: Browser = known_to(enrolled(app), DOCTOR)
    switch(tablet, DOCTOR, PINS["psychiatrist"])
    address = f"/sessions/{morning.session_id}/override"

    answer = tablet.post(address, page="/account", reason="Usual", password=PASSWORD)

    assert answer.status_code == 403
    assert "This tablet is shared." in answer.text
