"""These tests hold that a flowsheet becomes the log it would have been, once, whoever sends it."""

import io
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.sessions.models import LogEntry, TreatmentSession
from tests.clock import Clock
from tests.desk import TOKEN, Desk
from tests.factories import PASSWORD
from tests.journeys import flowsheet
from tests.journeys.expected import differences, expectations
from tests.sessions.room import planned_session, state

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

HEAD = "number,P-1001\nborn,1994-05-02\ndate,2026-03-12\n"
COLUMNS = "time,BP,HR,RR,SpO2,MOAA/S,dissociation,events,note\n"


def session_of(desk: Desk, clock: Clock, name: str) -> uuid.UUID:
    """The session that a sheet was written for; it is over by now."""
    paper = flowsheet.sheet(name)
    clock.now = paper.rows[0].at - timedelta(hours=1)
    session_id = planned_session(
        desk.app,
        desk.somebody,
        paper.planned_at,
        dose=int(paper.mg),
        number=paper.heading["number"],
        born_on=paper.day("born"),
        gave_birth_on=paper.day("gave birth"),
    )
    with desk.app.app_context(), act_as(desk.somebody), job():
        session = db.session.get_one(TreatmentSession, session_id)
        session.agreed_pause_hours = Decimal(paper.pause_hours) if paper.pause_hours else None
    clock.now = paper.rows[-1].at + timedelta(hours=3)
    return session_id


def send(desk: Desk, session_id: uuid.UUID, what: str, **fields: Any) -> TestResponse:
    token = TOKEN.search(desk.get(f"/sessions/{session_id}/paper").text)
    assert token
    return desk.client.post(
        f"/sessions/{session_id}/paper/{what}",
        data={"csrf_token": token.group(1)} | fields,
        content_type="multipart/form-data",
    )


def send_sheet(desk: Desk, session_id: uuid.UUID, content: str | bytes, **more: str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    answer = send(desk, session_id, "sheet", sheet=(io.BytesIO(raw), "sheet.csv"), **more)
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(desk: Desk, session_id: uuid.UUID) -> list[LogEntry]:
    with desk.app.app_context(), act_as(desk.somebody):
        found = db.session.query(LogEntry).filter_by(session_id=session_id)
        entries = found.order_by(LogEntry.log_seq).all()
        db.session.expunge_all()
        return entries


def text_of(name: str) -> bytes:
    return (flowsheet.FOLDER / f"{name}.csv").read_bytes()


def test_a_sheet_of_paper_comes_to_the_state_that_was_worked_out_by_hand(desk, clock):
    session_id = session_of(desk, clock, "clocks-forward")

    page = send_sheet(desk, session_id, text_of("clocks-forward"))

    _, expected = expectations("clocks-forward")[-1]
    assert "0 refused" in page
    assert differences(state(desk.app, desk.somebody, session_id, clock.now), expected) == []
    entries = rows(desk, session_id)
    assert all(entry.transcribed for entry in entries)
    assert {entry.recorded_at for entry in entries} == {clock.now}


def test_a_sheet_sent_once_more_adds_what_was_put_right_and_doubles_nothing(desk, clock):
    session_id = session_of(desk, clock, "pressure-alert")
    whole = text_of("pressure-alert")
    torn = whole.replace(b"14:41,150/92", b"14:41,15o/92")

    first = send_sheet(desk, session_id, torn, checked="true")
    count = len(rows(desk, session_id))
    again = send_sheet(desk, session_id, torn, checked="true")
    repaired = send_sheet(desk, session_id, whole, checked="true")
    desk.role = Role.PSYCHIATRIST
    his = send_sheet(desk, session_id, whole, checked="true")

    assert "Line 33:</b> BP &#39;15o/92&#39; cannot be read" in first
    assert "Line 37:</b> Only a psychiatrist closes an emergency." in first
    assert f'0 stored</b>, {count} stored before, <b class="b">2 refused' in again
    assert f'1 stored</b>, {count} stored before, <b class="b">1 refused' in repaired
    assert f'1 stored</b>, {count + 1} stored before, <b class="b">0 refused' in his
    came_to = state(desk.app, desk.somebody, session_id, clock.now)
    assert differences(came_to, expectations("pressure-alert")[-1][1]) == []
    assert all(alert.silent for alert in came_to.alerts)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (HEAD.replace("P-1001", "P-1002"), "This sheet is of P-1002, the session is of P-1001."),
        (HEAD.replace("1994-05-02", "1994-05-03"), "The date of birth on the sheet is not that"),
        (HEAD.replace("2026-03-12", "2026-03-11"), "This sheet is of 2026-03-11, the session of"),
        ("", "The heading does not say: number, born, date."),
    ],
)
def test_a_sheet_of_somebody_else_stores_nothing(heading, words, desk, session_id):
    content = heading + COLUMNS + "08:50,,,,,,,arrives,\n"

    answer = send(desk, session_id, "sheet", sheet=(io.BytesIO(content.encode()), "s.csv"))

    assert answer.status_code == 422
    assert words in answer.text
    assert rows(desk, session_id) == []


def test_no_file_at_all_is_a_sentence_beside_the_field(desk, session_id):
    answer = send(desk, session_id, "sheet")

    assert answer.status_code == 422
    assert "Choose the file." in answer.text


def test_what_is_unlikely_waits_until_somebody_compared_it_with_the_paper(desk, session_id, clock):
    clock.now = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    pulse = "08:55,,72,,,,,,\n08:56,,124,,,,,,\n"
    content = HEAD + COLUMNS + "08:50,,,,,,,arrives,\n" + pulse

    asked = send_sheet(desk, session_id, content)
    confirmed = send_sheet(desk, session_id, content, checked="true")

    assert "Line 7:</b> Check: heart rate 124? It was 72 before." in asked
    assert "1 stored</b>, 2 stored before" in confirmed


def test_a_second_reading_of_the_same_minute_is_a_correction_and_not_a_line(arrived, desk, clock):
    clock.now = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    first = HEAD + COLUMNS + "09:05,118/76,72,14,98,5,0,,\n"

    send_sheet(desk, arrived, first)
    page = send_sheet(desk, arrived, first.replace("118/76", "128/76"))

    assert "There are readings of this minute already." in page
    assert len([row for row in rows(desk, arrived) if row.kind == "observation"]) == 1


def a_line(**cells: str) -> dict[str, str]:
    return {"on_day": "2026-03-12", "time": "09:05"} | cells


def test_one_line_by_hand_is_marked_as_transcribed_with_its_true_time(arrived, desk):
    cells = a_line(bp="118/76", spo2="94 on 2 L", events="nausea mild", note="cold hands")

    answer = send(desk, arrived, "line", **cells)

    assert answer.status_code == 303
    found = [row for row in rows(desk, arrived) if row.transcribed]
    assert [row.kind for row in found] == ["observation", "adverse-event", "note"]
    assert {row.effective_at for row in found} == {datetime(2026, 3, 12, 9, 5, tzinfo=UTC)}
    assert (found[0].systolic, found[0].oxygen_l_min) == (118, Decimal(2))


def test_a_line_by_hand_that_is_wrong_in_part_keeps_what_was_typed_and_stores_nothing(
    arrived, desk
):
    answer = send(desk, arrived, "line", **a_line(bp="118/76", events="nausea over", note="<i>x"))

    assert answer.status_code == 422
    assert "There is no nausea that goes on." in answer.text
    assert 'value="118/76"' in answer.text
    assert "&lt;i&gt;x" in answer.text
    assert not [row for row in rows(desk, arrived) if row.transcribed]


def test_what_happened_around_her_is_written_in_the_same_words_and_kinds(arrived, desk):
    events = "cannula placed left forearm; out of the room: toilet with Tom; back in the room"

    answer = send(
        desk, arrived, "line", **a_line(events=f"{events}; device 2 wasted 20 mg with Tom")
    )

    assert answer.status_code == 303
    found = [(row.kind, row.said()["event"]) for row in rows(desk, arrived) if row.transcribed]
    assert found == [
        ("cannula", "placed"),
        ("absence", "left-room"),
        ("absence", "back"),
        ("supply", "wasted"),
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"time": "9.5"}, "Write the time as 09:05"),
        ({"time": ""}, "Enter the time."),
        ({"on_day": "2027-03-12"}, "in the future"),
        ({"hr": "lots"}, "HR &#39;lots&#39; cannot be read"),
        ({"note": ""}, "Nothing but a time stands in it."),
    ],
)
def test_nonsense_by_hand_is_a_sentence_and_never_a_fault(cells, words, arrived, desk):
    answer = send(desk, arrived, "line", **a_line(note="x") | cells)

    assert answer.status_code == 422
    assert words in answer.text


def test_a_second_person_compares_and_whoever_transcribed_cannot(arrived, desk):
    desk.app.extensions["clinic.reauthenticate"] = lambda password: password == PASSWORD
    author, other = desk.somebody, replace(desk.somebody, actor_id=uuid.UUID(int=0xA2))
    send(desk, arrived, "line", **a_line(note="cold hands"))
    own = send(desk, arrived, "check", password=PASSWORD)

    desk.somebody = other
    waiting = desk.get(f"/sessions/{arrived}/paper").text
    wrong = send(desk, arrived, "check", password="guessed")
    signed = send(desk, arrived, "check", password=PASSWORD)
    twice = send(desk, arrived, "check", password=PASSWORD)

    assert "1 waiting for second person" in waiting
    statuses = [answer.status_code for answer in (own, wrong, signed, twice)]
    assert statuses == [403, 422, 303, 409]
    assert "1 compared by" in desk.get(f"/sessions/{arrived}/paper").text
    desk.somebody = author
    send(desk, arrived, "line", **a_line(note="warm again", time="09:06"))
    assert "1 waiting for second person" in desk.get(f"/sessions/{arrived}/paper").text
