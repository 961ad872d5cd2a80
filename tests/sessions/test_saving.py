"""One way in for every entry: new, repeated, in conflict, of another clinic, locked."""

import threading
import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, new_id
from clinic.core.permissions import Role
from clinic.sessions.models import LogEntry, TreatmentSession
from tests.desk import Desk
from tests.sessions.room import planned_session, put, put_body, record

AT = "2026-03-12T09:05:00+00:00"
READING = {"kind": "observation", "effective_at": AT, "systolic": 118, "diastolic": 76}


def stored(desk: Desk, session_id: uuid.UUID) -> list[LogEntry]:
    """The rows of a session, in order of arrival."""
    with record(desk.app, desk.somebody, session_id):
        rows = select(LogEntry).where(LogEntry.session_id == session_id).order_by(LogEntry.log_seq)
        return list(db.session.scalars(rows))


def test_a_new_entry_is_201_and_stored_with_author_and_both_times(
    desk: Desk, arrived: uuid.UUID
) -> None:
    answer = put(desk, arrived, **READING)

    assert answer.status_code == 201
    entry = stored(desk, arrived)[-1]
    assert (entry.systolic, entry.diastolic, entry.heart_rate) == (118, 76, None)
    assert entry.author_id == desk.somebody.actor_id
    assert entry.effective_at == datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
    assert entry.recorded_at == datetime(2026, 3, 12, 9, 10, tzinfo=UTC)


def test_a_true_repeat_is_200_and_stored_once(desk: Desk, arrived: uuid.UUID) -> None:
    entry_id = new_id()

    first = put(desk, arrived, entry_id, **READING)
    second = put(desk, arrived, entry_id, **READING)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert len(stored(desk, arrived)) == 2


def test_a_repeat_may_spell_the_same_content_differently(desk: Desk, arrived: uuid.UUID) -> None:
    entry_id = new_id()
    put(desk, arrived, entry_id, **READING)

    again = put(
        desk,
        arrived,
        entry_id,
        kind="observation",
        diastolic="76",
        systolic=" 118 ",
        effective_at="2026-03-12T10:05:00+01:00",
        heart_rate=None,
    )

    assert again.status_code == 200


def test_the_same_id_with_other_content_is_409_and_the_first_stays(
    desk: Desk, arrived: uuid.UUID
) -> None:
    """A33: the same id with other content."""
    entry_id = new_id()
    put(desk, arrived, entry_id, **READING)

    other = put(desk, arrived, entry_id, **READING | {"systolic": 119})

    assert other.status_code == 409
    assert (
        other.json["error"]
        == "This entry was saved before with other content. The first one stays."
    )
    assert [entry.systolic for entry in stored(desk, arrived)] == [None, 118]


def test_an_id_of_another_clinics_entry_is_a_plain_409(
    desk: Desk, arrived: uuid.UUID, stranger: Acting
) -> None:
    entry_id = new_id()
    put(desk, arrived, entry_id, **READING)
    theirs = planned_session(desk.app, stranger, datetime(2026, 3, 12, 9, 0, tzinfo=UTC))
    desk.somebody = stranger
    note = {"kind": "note", "effective_at": AT, "text": "Quiet."}

    answer = put(desk, theirs, entry_id, **note)

    assert answer.status_code == 409
    assert "118" not in answer.text
    assert stored(desk, theirs) == []


def test_a_session_of_another_clinic_is_404(
    desk: Desk, arrived: uuid.UUID, stranger: Acting
) -> None:
    desk.somebody = stranger

    assert put(desk, arrived, **READING).status_code == 404
    assert desk.get(f"/sessions/{arrived}").status_code == 404


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_role_that_does_not_log_is_403(desk: Desk, arrived: uuid.UUID, role: Role) -> None:
    desk.role = role

    assert put(desk, arrived, **READING).status_code == 403


def test_before_check_in_only_a_note_is_taken(desk: Desk, session_id: uuid.UUID) -> None:
    early = "2026-03-12T08:55:00+00:00"

    reading = put(desk, session_id, **READING | {"effective_at": early})
    note = put(desk, session_id, kind="note", effective_at=early, text="Rang: late by 10 min.")

    assert reading.status_code == 422
    assert reading.json["fields"] == {"kind": ["Check her in first."]}
    assert note.status_code == 201


def test_an_unlikely_value_is_asked_once_and_then_taken(desk: Desk, arrived: uuid.UUID) -> None:
    unlikely = READING | {"systolic": 148, "diastolic": 140}

    asked = put(desk, arrived, **unlikely)
    confirmed = put(desk, arrived, **unlikely | {"confirmed": True})

    assert asked.status_code == 422
    assert asked.json["error"] == "Check it and confirm."
    assert confirmed.status_code == 201


def test_a_correction_is_a_new_entry_and_the_old_one_stays(desk: Desk, arrived: uuid.UUID) -> None:
    wrong = new_id()
    put(desk, arrived, wrong, **READING)

    without_reason = put(desk, arrived, **READING | {"systolic": 128, "corrects_id": str(wrong)})
    right = put(
        desk,
        arrived,
        **READING | {"systolic": 128, "corrects_id": str(wrong), "reason": "Misread"},
    )

    assert without_reason.status_code == 422
    assert without_reason.json["fields"]["reason"] == ["Enter why it is corrected."]
    assert right.status_code == 201
    assert [entry.systolic for entry in stored(desk, arrived)] == [None, 118, 128]


def test_a_correction_of_another_kind_or_another_session_is_refused(
    desk: Desk, arrived: uuid.UUID
) -> None:
    note = new_id()
    put(desk, arrived, note, kind="note", effective_at=AT, text="Quiet.")
    says = READING | {"reason": "Misread"}

    other_kind = put(desk, arrived, **says | {"corrects_id": str(note)})
    nobody = put(desk, arrived, **says | {"corrects_id": str(new_id())})

    assert other_kind.json["fields"]["corrects_id"] == [
        "A correction is of the same kind as what it corrects."
    ]
    assert nobody.json["fields"]["corrects_id"] == ["There is no such entry in this session."]


def test_the_database_refuses_a_row_of_a_locked_session(desk: Desk, arrived: uuid.UUID) -> None:
    put(desk, arrived, **READING)
    with desk.app.app_context(), act_as(desk.somebody):
        session = db.session.get_one(TreatmentSession, arrived)
        session.locked_at = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
        db.session.commit()

    refused = put(desk, arrived, **READING)
    columns = "id, clinic_id, session_id, patient_id, kind, effective_at, recorded_at, author_id,"
    columns += " withdrawn, transcribed, detail, content_hash, log_seq"
    copied = columns.replace("id,", ":fresh,", 1).replace("log_seq", "log_seq + 900")
    with desk.app.app_context(), act_as(desk.somebody), db.engine.connect() as raw:
        fresh = new_id().hex if raw.dialect.name == "sqlite" else str(new_id())
        with pytest.raises(IntegrityError, match="signed and locked"):
            raw.execute(
                text(
                    f"INSERT INTO entry ({columns}) SELECT {copied} FROM entry WHERE systolic = 118"
                ),
                {"fresh": fresh},
            )

    assert refused.status_code == 409
    assert refused.json["error"] == "This session is signed and locked. Nothing was added."


def test_two_tablets_that_send_the_same_entry_at_once_store_it_once(
    desk: Desk, arrived: uuid.UUID
) -> None:
    entry_id, answers = new_id(), []
    second = Desk(desk.app, desk.somebody)

    def send(tablet: Desk) -> None:
        answers.append(put(tablet, arrived, entry_id, **READING).status_code)

    threads = [threading.Thread(target=send, args=(tablet,)) for tablet in (desk, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 201]
    assert len(stored(desk, arrived)) == 2


def test_a_body_that_is_no_json_object_of_a_known_kind_is_refused(
    desk: Desk, arrived: uuid.UUID
) -> None:
    assert put_body(desk, arrived, "").status_code == 400
    assert put_body(desk, arrived, "{").status_code == 400
    assert put_body(desk, arrived, "[]").status_code == 422
    assert put(desk, arrived, kind="spell").status_code == 422
    assert put(desk, arrived, **READING, spell=1).json["fields"] == {
        "spell": ["There is no such field."]
    }
