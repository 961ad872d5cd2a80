"""Whatever is typed: a clear sentence beside the field, nothing half saved, never a 500."""

import json
import uuid

import pytest
from sqlalchemy import func, select

from clinic.core.db import db
from clinic.sessions.models import LogEntry
from tests.desk import Desk
from tests.sessions.room import put, put_body, record

AT = "2026-03-12T09:05:00+00:00"
# What is refused never comes to a database; what is kept is tried on both.
refused = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PAIR = {"kind": "observation", "effective_at": AT, "systolic": 118, "diastolic": 76}
SYSTOLIC = "Enter systolic blood pressure in mmHg, a whole number between 20 and 300."


def number_of_entries(desk: Desk, session_id: uuid.UUID) -> int:
    """How many rows there are."""
    with record(desk.app, desk.somebody, session_id):
        return db.session.scalar(select(func.count(LogEntry.id))) or 0


@refused
@pytest.mark.parametrize(
    "typed",
    [
        1200,
        -5,
        19,
        301,
        "1_2_0",
        "１２０",
        "٣",
        "NaN",
        "Infinity",
        "1e2",
        "1e400",
        "120.5",
        "120 mmHg",
        "0x78",
        "+120",
        "9" * 10_000,
        "🩺",
        "<script>",
        118.0,
    ],
)
def test_a_systolic_that_cannot_be_is_refused_beside_its_field(
    desk: Desk, arrived: uuid.UUID, typed: object
) -> None:
    answer = put(desk, arrived, **PAIR | {"systolic": typed})

    assert answer.status_code == 422
    assert answer.json["fields"]["systolic"] == [SYSTOLIC]
    assert number_of_entries(desk, arrived) == 1


@refused
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "effective_at",
            "2026-03-13T09:05:00+00:00",
            "That time is in the future. Enter when it was.",
        ),
        ("effective_at", "yesterday", "Enter taken at as date and time, for example"),
        ("effective_at", "2026-02-30T09:05", "Enter taken at: that time does not exist."),
        (
            "effective_at",
            "2026-03-10T09:05:00+00:00",
            "Enter a time within 24 hours of the planned time.",
        ),
        ("effective_at", "", "Enter when it was."),
        ("heart_rate", "-5", "Enter heart rate in /min, a whole number between 20 and 250."),
        ("spo2", 101, "a whole number between 0 and 100."),
        ("moaas", 6, "a whole number between 0 and 5."),
        ("dissociation", -1, "a whole number between 0 and 4."),
        ("temperature", "36.67890123", "between 25"),
        ("moaas_absent", "asleep", "from the list."),
        ("spo2_absent", "forgot", "from the list."),
        ("heart_rate_absent", "other", None),
        ("corrects_id", "7", "this is not an id."),
        ("device_id", "x" * 65, "at most 64 characters, this has 65."),
        ("device_id", "a\x00b", "remove the characters that cannot be seen."),
        ("reason", "🙂" * 501, "at most 500 characters, this has 501."),
        ("diastolic", "", "Enter both numbers of the blood pressure."),
    ],
)
def test_every_other_field_says_how_to_put_it_right(
    desk: Desk, arrived: uuid.UUID, field: str, typed: object, sentence: str | None
) -> None:
    answer = put(desk, arrived, **PAIR | {field: typed})

    assert answer.status_code == 422, answer.text
    wanted, where = (sentence, field) if sentence else ("Enter the reason.", "absent_text")
    assert wanted in " ".join(answer.json["fields"][where])
    assert number_of_entries(desk, arrived) == 1


def test_an_empty_reading_says_what_to_enter(desk: Desk, arrived: uuid.UUID) -> None:
    answer = put(desk, arrived, kind="observation", effective_at=AT)

    assert answer.json["fields"]["systolic"] == [
        "Enter at least one reading, or why it was not measured."
    ]


def test_a_value_and_a_reason_for_its_absence_are_one_too_many(
    desk: Desk, arrived: uuid.UUID
) -> None:
    answer = put(desk, arrived, **PAIR, spo2=97, spo2_absent="refused")

    assert answer.json["fields"]["spo2_absent"] == ["Enter a value or a reason, not both."]


def test_zero_is_a_value(desk: Desk, arrived: uuid.UUID) -> None:
    answer = put(
        desk, arrived, kind="observation", effective_at=AT, respiratory_rate=0, dissociation=0
    )

    assert answer.status_code == 201


@refused
@pytest.mark.parametrize("flag", ["yes", 1, "true", []])
def test_a_flag_takes_true_or_false_and_nothing_that_looks_like_it(
    desk: Desk, arrived: uuid.UUID, flag: object
) -> None:
    answer = put(desk, arrived, **PAIR | {"confirmed": flag})

    assert answer.status_code == 422


def test_true_is_not_the_number_one(desk: Desk, arrived: uuid.UUID) -> None:
    answer = put(desk, arrived, **PAIR | {"moaas": True})

    assert answer.status_code == 422
    assert answer.json["fields"]["moaas"] == ["Send text or a number, not true or false."]


@refused
@pytest.mark.parametrize(
    "body",
    [
        '{"kind": ' + "[" * 20_000 + "]" * 20_000 + "}",
        '{"kind": "note", "kind": "note"}',
        '{"kind": "observation", "systolic": NaN}',
        '{"kind": "observation", "systolic": -Infinity}',
        b'{"kind": "note", "text": "\xff"}',
        "null",
        '"note"',
    ],
)
def test_json_that_is_none_is_refused_with_a_sentence(
    desk: Desk, arrived: uuid.UUID, body: str | bytes
) -> None:
    answer = put_body(desk, arrived, body)

    assert answer.status_code in (400, 422)
    assert answer.json["error"].endswith(".")
    assert number_of_entries(desk, arrived) == 1


def test_ten_megabytes_are_too_large(desk: Desk, arrived: uuid.UUID) -> None:
    body = json.dumps({"kind": "note", "effective_at": AT, "text": "a" * 10_000_000})

    answer = put_body(desk, arrived, body)

    assert answer.status_code == 413
    assert number_of_entries(desk, arrived) == 1


@pytest.mark.parametrize("text", ["🙂 رائحة 你好 Ünïcödé", "=1+1", "a" * 4000, "line\nline"])
def test_a_note_keeps_every_character(desk: Desk, arrived: uuid.UUID, text: str) -> None:
    answer = put(desk, arrived, kind="note", effective_at=AT, text=text)

    assert answer.status_code == 201
    with record(desk.app, desk.somebody, arrived):
        rows = db.session.scalars(select(LogEntry).where(LogEntry.kind == "note"))
        assert [entry.said()["text"] for entry in rows] == [text]


@pytest.mark.parametrize("odd", ["1", "3097816312401323383324672", "null", "%00", "a" * 300])
def test_an_address_with_an_odd_id_is_404(desk: Desk, arrived: uuid.UUID, odd: str) -> None:
    assert desk.get(f"/sessions/{odd}").status_code == 404
    assert desk.get(f"/sessions/{arrived}/entries/{odd}/correct").status_code == 404


@refused
@pytest.mark.parametrize("typed", [-5, "-5", "−5", "NaN", 2001])
def test_a_dose_that_cannot_be_is_refused_beside_its_field(
    desk: Desk, arrived: uuid.UUID, typed: object
) -> None:
    vial = {"lot": "K7", "expires_on": "2027-12-31"}

    answer = put(
        desk, arrived, kind="administration", effective_at=AT, event="injection", mg=typed, **vial
    )

    assert answer.status_code == 422
    assert answer.json["fields"]["mg"] == ["Enter amount in mg, between 0 and 2000."]
    assert number_of_entries(desk, arrived) == 1
