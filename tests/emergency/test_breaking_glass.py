"""This file is about emergency access: a reason, an hour, one record, to read; never in silence."""

import json
from datetime import timedelta

import pytest

from clinic.core.audit import AuditEvent
from clinic.core.db import apart

REASON = "She collapsed in the waiting room, no nurse is in the house."

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def opened(desk, **given):
    """The answer to asking for Maya's record."""
    return desk.post("/emergency", **{"number": "p-1001", "reason": REASON} | given)


def events(app, *actions):
    """The events of some kinds, oldest first."""
    with app.app_context(), apart(write=False) as session:
        rows = session.query(AuditEvent).order_by(AuditEvent.seq).all()
        return [json.loads(row.body) for row in rows if row.action in actions]


def accesses(app):
    """How many there are."""
    return len([one for one in events(app, "create") if one["type"] == "EmergencyAccess"])


def test_without_it_an_administrator_opens_no_chart(administrator, maya) -> None:
    assert administrator.get(f"/patients/{maya}").status_code == 403


@pytest.mark.parametrize("reason", ["", "   ", "urgent"])
def test_without_a_reason_nothing_opens_and_what_was_typed_stays(
    administrator, app, maya, reason
) -> None:
    page = opened(administrator, reason=reason)

    assert page.status_code == 422
    assert "Write why you need this record now" in page.text
    assert "p-1001" in page.text
    assert accesses(app) == 0
    assert administrator.get(f"/patients/{maya}").status_code == 403


def test_with_a_reason_one_record_opens_to_read(administrator, maya) -> None:
    answer = opened(administrator)

    assert answer.location == f"/patients/{maya}"
    assert "Maya Osei" in administrator.get(f"/patients/{maya}").text
    assert administrator.get(f"/patients/{maya}/courses").status_code == 200
    assert administrator.get("/patients").status_code == 403
    assert administrator.get(f"/patients/{maya}/edit").status_code == 403
    assert administrator.post(f"/patients/{maya}/courses").status_code == 403


def test_by_name_and_date_of_birth_where_nobody_knows_the_number(administrator, maya) -> None:
    answer = opened(administrator, number="", family_name=" OSEI", born_on="1994-05-02")

    assert answer.location == f"/patients/{maya}"


def test_another_patient_and_the_other_clinic_stay_shut(administrator, theirs, maya) -> None:
    opened(administrator)

    assert opened(administrator, number="P-2002").status_code == 422
    assert administrator.get(f"/patients/{theirs}").status_code in (403, 404)


def test_it_ends_after_an_hour(administrator, clock, maya) -> None:
    opened(administrator)

    clock.now += timedelta(minutes=59)
    assert administrator.get(f"/patients/{maya}").status_code == 200
    clock.now += timedelta(minutes=1)
    assert administrator.get(f"/patients/{maya}").status_code == 403


def test_it_is_closed_at_once_by_who_opened_it(administrator, app, maya) -> None:
    opened(administrator)
    access_id = events(app, "break-glass")[0]["record"]

    administrator.post(f"/emergency/{access_id}/end")

    assert administrator.get(f"/patients/{maya}").status_code == 403


def test_somebody_elses_access_opens_nothing_for_me(administrator, auditor, maya) -> None:
    opened(administrator)

    assert auditor.get(f"/patients/{maya}").status_code == 403
    assert opened(auditor).status_code == 403


def test_it_cannot_be_used_in_silence(administrator, app, maya) -> None:
    opened(administrator)
    administrator.get(f"/patients/{maya}")
    administrator.get(f"/patients/{maya}/courses")

    (broken,) = events(app, "break-glass")
    openings = events(app, "open")
    assert (broken["patient"], broken["actor"]) == (str(maya), str(administrator.somebody.actor_id))
    assert [one["detail"]["emergency"] for one in openings] == [broken["record"]] * 2


def test_a_wrong_number_opens_nothing_and_is_an_event(administrator, app) -> None:
    assert opened(administrator, number="P-9999").status_code == 422

    assert events(app, "break-glass")[0]["detail"] == {"found": False}


def test_her_page_says_it_to_everybody_who_opens_it(administrator, desk, maya) -> None:
    opened(administrator)

    own = administrator.get(f"/patients/{maya}").text
    assert "You read this record beyond your role" in own
    seen = desk.get(f"/patients/{maya}").text
    assert "Marta opened this record" in seen
    assert REASON in seen


def test_the_auditors_screen_says_it_until_somebody_else_has_looked(
    administrator, auditor, desk, app, maya
) -> None:
    opened(administrator)
    access_id = events(app, "break-glass")[0]["record"]

    assert "Somebody opened a record beyond their role" in auditor.get("/trail").text
    assert REASON in auditor.get("/emergency").text
    assert "Emergency access" in auditor.get("/trail").text
    auditor.post(f"/emergency/{access_id}/seen")

    assert "Somebody opened a record" not in auditor.get("/trail").text
    assert "Paul" in auditor.get("/emergency").text


def test_nobody_looks_away_for_themselves(administrator, auditor, app) -> None:
    opened(administrator)
    access_id = events(app, "break-glass")[0]["record"]

    assert administrator.post(f"/emergency/{access_id}/seen").status_code == 409

    assert events(app, "see-break-glass") == []
    assert "Somebody opened a record" in auditor.get("/trail").text
