"""What a tablet gets from the server to work without it: key, files, fields, and a clear no."""

import json
import re
import uuid

import pytest

from clinic.core.acting import Acting
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, new_id
from clinic.core.permissions import Role
from tests.clock import Clock
from tests.desk import TOKEN, Desk, desk, somebody, stranger
from tests.sessions.conftest import arrived, session_id
from tests.sessions.room import put
from tests.sessions.story import Morning, morning

__all__ = ["arrived", "desk", "morning", "session_id", "somebody", "stranger"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

TABLET = "01950000-0000-7000-8000-00000000000a"
ANOTHER_TABLET = "01950000-0000-7000-8000-00000000000b"


def key_of(desk: Desk, tablet: str = TABLET):
    return desk.get(f"/outbox-key?tablet={tablet}", Accept="application/json")


def test_the_key_is_the_same_for_the_same_person_on_the_same_tablet_and_for_nobody_else(
    desk: Desk, stranger: Acting
) -> None:
    mine = key_of(desk).json
    again = key_of(desk).json
    elsewhere = key_of(desk, ANOTHER_TABLET).json
    desk.somebody = Acting(uuid.uuid4(), desk.somebody.clinic_id, desk.somebody.timezone)
    colleague = key_of(desk).json

    assert mine["key"] == again["key"]
    assert mine["owner"] == elsewhere["owner"] != colleague["owner"]
    assert len({one["key"]["d"] for one in (mine, elsewhere, colleague)}) == 3


def test_the_key_is_never_kept_by_a_browser_and_asks_for_a_person_and_a_tablet(
    desk: Desk, app
) -> None:
    signed_in = key_of(desk)
    nameless = key_of(desk, "tablet")
    desk.role = Role.AUDITOR
    auditor = key_of(desk)
    app.extensions["clinic.identify"] = lambda: None
    nobody = app.test_client().get(
        f"/outbox-key?tablet={TABLET}", headers={"Accept": "application/json"}
    )

    assert signed_in.headers["Cache-Control"] == "no-store"
    assert nameless.status_code == 422
    assert "tablet" in nameless.json["fields"]
    assert auditor.status_code == 403
    assert nobody.status_code == 401


def test_an_entry_of_somebody_else_is_not_saved_under_another_name(
    desk: Desk, arrived: uuid.UUID
) -> None:
    """A34: entries of one person sent under another."""
    page = TOKEN.search(desk.get("/protocols").text)
    assert page
    body = json.dumps(
        {"kind": "note", "effective_at": "2026-03-12T09:05:00+00:00", "text": "Written by Tom"}
    )
    headers = {"X-CSRFToken": page[1], "Content-Type": "application/json"}
    address = f"/sessions/{arrived}/entries/{new_id()}"

    refused = desk.client.put(address, data=body, headers=headers | {"Clinic-Owner": "0" * 16})
    own = key_of(desk).json["owner"]
    saved = desk.client.put(address, data=body, headers=headers | {"Clinic-Owner": own})

    assert (refused.status_code, refused.json["error"]) == (400, "csrf")
    assert saved.status_code == 201


def test_a_discarded_entry_is_in_the_trail_with_its_reason_and_needs_one(
    desk: Desk, arrived: uuid.UUID
) -> None:
    entry_id = new_id()
    page = TOKEN.search(desk.get("/protocols").text)
    assert page

    def discard(**says: str):
        return desk.client.put(
            f"/sessions/{arrived}/entries/{entry_id}/discarded",
            data=json.dumps(says),
            headers={"X-CSRFToken": page[1], "Content-Type": "application/json"},
        )

    silent = discard(kind="note", content="{}")
    told = discard(kind="note", content='{"text": "Wrong woman"}', reason="Typed for room 5")

    assert silent.status_code == 422

    assert "reason" in silent.json["fields"]
    assert told.json == {"id": str(entry_id), "discarded": True}
    with desk.app.app_context(), apart(write=False) as reading:
        bodies = [json.loads(event.body) for event in reading.query(AuditEvent)]
    found = [body for body in bodies if body["action"] == "discard"]
    assert [body["detail"]["reason"] for body in found] == ["Typed for room 5"]
    assert "Wrong woman" in found[0]["detail"]["content"]


def test_of_two_corrections_of_one_entry_the_second_is_told_and_shown_both(
    desk: Desk, arrived: uuid.UUID
) -> None:
    at = {"effective_at": "2026-03-12T09:05:00+00:00"}
    reading = put(desk, arrived, kind="observation", systolic="118", diastolic="76", **at).json
    correction = {"kind": "observation", "corrects_id": reading["id"], "diastolic": "76", **at}
    first_id = new_id()
    first = put(desk, arrived, first_id, systolic="128", reason="Misread", **correction)

    second = put(desk, arrived, systolic="138", reason="Typing slip", **correction)
    repeated = put(desk, arrived, first_id, systolic="128", reason="Misread", **correction)
    page = desk.post(
        f"/sessions/{arrived}/entries/{new_id()}",
        systolic="138",
        reason="Typing slip",
        **correction,
    )

    assert first.status_code == 201
    assert second.status_code == 409
    assert second.json["error"].startswith("Somebody else corrected this entry meanwhile")
    stored = second.json["stored"]
    assert stored["id"] == str(first_id)
    assert (stored["says"]["systolic"], stored["reason"]) == (128, "Misread")
    assert repeated.status_code == 200
    assert page.status_code == 409
    assert "systolic 128" in page.text
    assert 'value="138"' in page.text
    assert f'name="corrects_id" value="{first_id}"' in page.text


def test_the_page_carries_fields_and_says_whose_it_is(morning: Morning, clock: Clock) -> None:
    morning.until("09:46")

    page = morning.page()

    found = re.search(r'id="for-the-tablet">(.*?)</script>', page.text, re.S)
    assert found
    said = json.loads(found[1])
    assert said["fields"]["acknowledgement"]["closes"] == {
        "label": "Close the alert",
        "flag": True,
    }
    mark = re.search(r'name="clinic-owner" content="([0-9a-f]{16})"', page.text)
    assert mark
    assert page.headers["Clinic-Owner"] == mark[1]


def test_the_page_carries_what_a_tablet_judges_several_readings_by(morning: Morning) -> None:
    morning.until("09:46")

    found = re.search(r"data-keypad>(.*?)</script>", morning.page().text, re.S)
    assert found
    alone = json.loads(found[1])["alone"]

    assert alone["consecutive"][0]["below"] == 93
    assert alone["persistent"] == {"systolic": 160, "diastolic": 110, "apart": 15, "silence": 20}
    assert {"headache", "chest-pain"} <= set(alone["symptoms"]["withPressure"])
    assert [value["spo2"] for value in alone["series"]["spo2"]] == [98, 98]
    assert alone["series"]["blood_pressure"][-1] == {
        "at": "2026-03-12T09:46:00+00:00",
        "systolic": 126,
        "diastolic": 80,
    }


def test_the_service_worker_lists_every_file_by_its_content_and_is_asked_for_anew(
    desk: Desk,
) -> None:
    answer = desk.client.get("/sw.js")

    said = json.loads(answer.text.split("self.CLINIC = ", 1)[1].split(";\n", 1)[0])
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/javascript"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    names = {address.split("?v=")[0] for address in said["files"]}
    assert {"/static/js/outbox/index.js", "/static/vendor/idb/idb.js"} <= names
    for address in said["files"]:
        with desk.client.get(address) as file:
            assert file.status_code == 200, address


def test_the_help_page_opens_without_a_sign_in(app) -> None:
    page = app.test_client().get("/help/offline")

    assert page.status_code == 200
    assert "kept on this tablet" in page.text
    assert "Clinic-Owner" not in page.headers
