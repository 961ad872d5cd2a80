"""What surrounds her treatment, typed on the page: D5.2, D8.1, D8.3 and D8.4 without a script."""

import re
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.sessions.models import TreatmentSession
from tests.accounts.browser import Browser
from tests.clock import Clock
from tests.factories import PASSWORD, make_user
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SECOND = "Tom Becker"


def words(morning: Morning) -> str:
    """The page of the session without its markup."""
    page = morning.page()
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def saved(morning: Morning, **fields: Any) -> None:
    """A form of the page that is taken."""
    answer = morning.typed(effective_at="now", **fields)
    assert answer.status_code == 303, answer.text


def person(app: Flask, **given: Any) -> uuid.UUID:
    """Somebody more who works here."""
    with app.app_context(), job():
        return make_user(**given).id


def responsible(morning: Morning) -> uuid.UUID | None:
    """Who answers for the session, as it is stored."""
    with morning.app.app_context(), act_as(morning.acting):
        return db.session.scalars(select(TreatmentSession)).one().responsible_id


@pytest.fixture
def observing(morning: Morning) -> Morning:
    """Two of three devices given, watched since; it is 09:46."""
    morning.check_in()
    morning.answer("09:12", morning.plan.pre_dose)
    morning.read("09:18")
    morning.device("09:30", 1)
    morning.device("09:35", 2)
    morning.read("09:46")
    morning.clock.now = moment("09:46")
    return morning


def test_d5_2_a_device_is_opened_and_given_back_with_a_second_person(observing: Morning) -> None:
    fields = {"kind": "supply", "device_number": "3", "amount": "28", "unit": "mg"}
    saved(observing, event="opened", lot="L3", expires_on="2027-12-31", **fields)
    assert "Device 3: 28 mg opened, 0 mg given: 28 mg not accounted for" in words(observing)

    alone = observing.typed(effective_at="now", event="returned", **fields)
    assert alone.status_code == 422
    assert "Enter the name of a second person." in alone.text
    herself = observing.typed(effective_at="now", event="returned", witness="Aiko Kimura", **fields)
    assert "The second person is somebody else than you." in herself.text

    saved(observing, event="returned", witness=SECOND, **fields)
    assert "Device 3: 28 mg opened, 0 mg given, 28 mg returned: all accounted for" in words(
        observing
    )


def test_d5_2_a_cannula_is_placed_and_removed(observing: Morning) -> None:
    saved(observing, kind="cannula", event="attempt-failed", site="left hand")
    saved(observing, kind="cannula", event="placed", site="right hand")
    assert "In place since 09:46, right hand" in words(observing)

    saved(observing, kind="cannula", event="removed")
    assert "Removed at 09:46" in words(observing)


def test_d8_4_one_tap_stamps_an_emergency_and_stops_the_dose(observing: Morning) -> None:
    saved(observing, kind="transition", event="emergency")
    saved(observing, kind="intervention", category="oxygen", dose="10")
    page = words(observing)

    assert "EMERGENCY: dosing stopped" in page
    assert "Emergency over · Maya Osei" in page
    refused = observing.typed(
        kind="administration", event="device", device_number="3", outcome="complete",
        lot="L3", expires_on="2027-12-31", effective_at="now",
    )  # fmt: skip
    assert "Dosing was stopped in this session." in refused.text

    saved(observing, kind="transition", event="emergency-over")
    assert "Emergency now · Maya Osei" in words(observing)


def test_d8_5_she_leaves_the_room_with_somebody_and_comes_back(observing: Morning) -> None:
    saved(observing, kind="absence", event="left-room", text="toilet, with her partner")
    assert "out since 09:46, toilet, with her partner" in words(observing)

    saved(observing, kind="absence", event="back")
    assert "out since" not in words(observing)


def test_d8_3_a_phone_order_is_countersigned_from_her_own_sign_in(
    observing: Morning, app: Flask
) -> None:
    doctor = person(app, role=Role.PSYCHIATRIST, full_name="Sun Mi", email="sun@example.org")
    order = {"kind": "order", "event": "given", "text": "Ondansetron 4 mg", "effective_at": "now"}
    unread = observing.typed(ordered_by_id=str(doctor), **order)
    assert "Read it back to the prescriber, then save." in unread.text
    assert observing.typed(ordered_by_id=str(doctor), read_back="y", **order).status_code == 303
    assert "Sun Mi: Ondansetron 4 mg, not countersigned yet" in words(observing)
    assert "Countersign:" not in words(observing)

    sun = Browser(app)
    sun.sign_in(email="sun@example.org")
    assert "Orders that wait for your countersignature" in sun.get("/board").text
    beside = sun.client.get("/board/rail")
    assert "Orders that wait for your countersignature" in beside.text
    [address] = re.findall(r'href="([^"]+/countersignature)"', sun.get(observing.address).text)

    answer = sun.post(address, page="/account/password", password=PASSWORD)

    assert answer.status_code == 303, answer.text
    assert "Ondansetron 4 mg, countersigned 09:46 by Sun Mi" in words(observing)
    anew = sun.client.get("/board/rail", headers={"If-None-Match": beside.headers["ETag"]})
    assert "Orders that wait for your countersignature" not in anew.text
    assert anew.status_code == 200


def test_d8_1_a_session_is_offered_accepted_and_claimed_back(
    observing: Morning, app: Flask
) -> None:
    tom = person(app, full_name="Tom Becker", email="tom@example.org")
    saved(observing, kind="handover", event="offered", to_id=str(tom))
    assert responsible(observing) == observing.acting.actor_id
    assert "Offered to Tom Becker. Aiko Kimura stays responsible until then." in words(observing)

    other = Browser(app)
    other.sign_in(email="tom@example.org")
    assert "Accept Maya Osei" in other.get(observing.address).text
    page = {"page": "/account/password", "kind": "handover", "effective_at": "now"}
    other.post(f"{observing.address}/entries/{uuid.uuid4()}", event="accepted", **page)
    assert responsible(observing) == tom

    saved(observing, kind="handover", event="claimed-back")
    assert responsible(observing) == observing.acting.actor_id
    assert "Hand-over accepted" in words(observing)
    assert "Session claimed back" in words(observing)


def test_an_entry_of_each_new_kind_can_be_corrected(observing: Morning, clock: Clock) -> None:
    ids = [
        observing.sent("09:47", "supply", event="opened", device_number=3, lot="L", amount="28",
                       unit="mg", expires_on="2027-12-31"),
        observing.sent("09:47", "cannula", event="placed", site="left hand"),
        observing.sent("09:47", "absence", event="left-room", text="toilet"),
        observing.sent("09:48", "absence", event="back"),
    ]  # fmt: skip

    for entry_id in ids:
        page = observing.page(f"/entries/{entry_id}/correct")
        assert page.status_code == 200
        assert "Correct the entry of" in page.text
