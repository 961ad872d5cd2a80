"""This file is about columns that lie closed, with keys outside the database that can be turned."""

import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import create_app
from clinic.core import clock
from clinic.core.acting import act_as
from clinic.core.audit import unmasked
from clinic.core.db import Base, Encrypted, Unreadable, db, job
from clinic.core.db.keys import Key, Ring, add_key, derived_key, read_keys
from clinic.messages.models import Channel, Message, State
from clinic.patients import queries
from clinic.patients.models import Patient
from clinic.patients.rules import AllergyAnswer
from tests.conftest import Work, configuration
from tests.core.conftest import sqlite_only
from tests.core.raw import intruder
from tests.core.trail import newest
from tests.core.trial import HERE, THERE
from tests.factories import make_patient

PHONE = "+353 87 555 0142"
OLD, NEW = Key(b"o" * 32), Key(b"n" * 32)
DERIVED = derived_key("tests-only-0123456789-abcdefghijklmnop")
HERS = uuid.UUID("01950000-0000-7000-8000-00000000d00a")


def raw(database_uri: str, question: str = "SELECT phone FROM patient") -> str:
    """What anybody reads who has the database."""
    with intruder(database_uri) as connection:
        [value] = connection.execute(question).fetchone()
    return str(value)


def test_a_phone_lies_closed_and_is_read_in_clear(app: Flask, work: Work, database_uri) -> None:
    with work(HERE):
        make_patient(
            phone=PHONE,
            email="maya@example.org",
            allergy_answer=AllergyAnswer.LISTED,
            allergies="nuts",
        )

    closed = raw(database_uri)
    assert closed.startswith(f"k1:{DERIVED.id}:")
    row = raw(database_uri, "SELECT email || allergies || phone_mark || email_mark FROM patient")
    assert all(word not in closed + row for word in ("0142", "maya@", "nuts"))
    with work(HERE):
        maya = db.session.scalars(select(Patient)).one()
        assert (maya.phone, maya.email, maya.allergies) == (PHONE, "maya@example.org", "nuts")


@sqlite_only
@pytest.mark.parametrize("typed", [PHONE, "087 5550142", "Maya@Example.org", "maya@example.org "])
def test_she_is_found_by_her_whole_phone_or_address_and_in_her_own_clinic_alone(
    typed: str, app: Flask, work: Work
) -> None:
    """Another woman there has the same phone, a third one here has none."""
    with work(HERE):
        make_patient(phone=PHONE, email="maya@example.org")
        make_patient(number="P-2", given_name="Ada", phone="+353 87 555 0143")
    with work(THERE):
        make_patient(phone=PHONE, email="maya@example.org")

    with work(HERE):
        found = queries.find(typed)

    assert [one.number for one in found.patients] == ["P-1001"]
    assert not found.nearly


@sqlite_only
@pytest.mark.parametrize("typed", ["0142", "@example.org"])
def test_nobody_is_found_by_a_part_of_a_phone_or_address(
    typed: str, app: Flask, work: Work
) -> None:
    with work(HERE):
        make_patient(phone=PHONE, email="maya@example.org")

    with work(HERE):
        assert queries.find(typed).total == 0


@sqlite_only
def test_a_phone_that_is_taken_away_leaves_no_mark(app: Flask, work: Work) -> None:
    with work(HERE):
        make_patient(phone=PHONE).phone = None

    with work(HERE):
        assert db.session.scalars(select(Patient)).one().phone_mark is None
        assert queries.find(PHONE).total == 0


def test_a_closed_column_is_compared_with_nothing_but_null() -> None:
    for question in (
        lambda: Patient.phone == PHONE,
        lambda: Patient.phone.contains("142"),
        Patient.phone.desc,
        lambda: Patient.phone.in_([PHONE]),
    ):
        with pytest.raises(TypeError, match="not compared"):
            question()
    assert "IS NULL" in str(Patient.phone.is_(None))


def test_each_closed_column_names_its_own_place() -> None:
    """A value that is copied into another column does not open there."""
    found = {
        f"{table.name}.{column.name}": column.type.place
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Encrypted)
    }

    assert len(found) >= 14
    assert all(name == place for name, place in found.items())


def altered(value: str) -> str:
    """The last byte but two another one."""
    return value[:-6] + ("AAAA" if value[-6:-2] != "AAAA" else "BBBB") + value[-2:]


@pytest.mark.parametrize(
    ("spoil", "place", "why"),
    [
        (altered, "patient.phone", "was altered"),
        (lambda value: value, "patient.email", "was altered"),
        (lambda value: value.replace(OLD.id, "00000000"), "patient.phone", "not in the ring"),
        (lambda value: value.replace(OLD.id, NEW.id), "patient.phone", "was altered"),
        (lambda _value: PHONE, "patient.phone", "never closed"),
        (lambda _value: f"k1:{OLD.id}:§", "patient.phone", "was altered"),
    ],
)
def test_what_was_altered_moved_or_put_in_does_not_open(spoil, place, why) -> None:
    ring = Ring(NEW, [OLD])
    closed = ring.close(PHONE, "patient.phone")

    with pytest.raises(Unreadable, match=why):
        ring.open(spoil(closed), place)


def test_the_same_text_is_closed_differently_each_time_and_marked_the_same() -> None:
    ring = Ring(OLD, [NEW])

    assert ring.close(PHONE, "a.b") != ring.close(PHONE, "a.b")
    assert ring.marks(PHONE, "a.b") == ring.marks(PHONE, "a.b")
    assert not set(ring.marks(PHONE, "a.b")) & set(ring.marks(PHONE, "a.c"))
    assert ring.marks(PHONE, "a.b")[-1].startswith(NEW.id)


def test_a_key_that_came_later_closes_and_the_older_one_still_opens() -> None:
    before = Ring(OLD, [])
    after = Ring(OLD, [NEW])

    assert after.open(before.close(PHONE, "a.b"), "a.b") == PHONE
    assert after.close(PHONE, "a.b").startswith(f"k1:{NEW.id}:")


def test_a_ring_is_a_file_for_its_owner_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    first = add_key(file, new=True)

    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        add_key(file, new=True)
    second = add_key(file, new=False)
    assert read_keys(file) == [first, second]


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (OLD.line, 0o644, "can be read by others: chmod 600"),
        ("", 0o600, "holds no key"),
        (OLD.line.replace(OLD.id, NEW.id), 0o600, "line 1 of .* is no key"),
        (None, 0o600, "No such file"),
    ],
)
def test_no_start_with_a_ring_that_cannot_be_trusted(
    text: str | None, mode: int, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "keys"
    if text is not None:
        file.write_text(text)
        file.chmod(mode)

    with pytest.raises(SystemExit, match=f"CLINIC_KEYS: .*{why}"):
        create_app(configuration("sqlite:////nowhere/clinic.db", CLINIC_KEYS=str(file)))


def filled() -> None:
    """A mother, and a message to her that waits."""
    hers = make_patient(id=HERS, phone=PHONE)
    message = {"channel": Channel.SMS, "address": PHONE, "purpose": "reminder", "sealed": "Come"}
    moment = {"put_at": clock.now(), "not_before_at": clock.now(), "state": State.WAITING}
    db.session.add(Message(key="one", patient_id=hers.id, **message, **moment))


def test_the_ring_is_turned_with_rows_and_nothing_is_lost(
    app: Flask, work: Work, database_uri, tmp_path: Path
) -> None:
    """Closed with the derived key, then with a ring of one, then with its second key."""
    with work(HERE):
        filled()
    file = tmp_path / "keys"
    first = add_key(file, new=True)

    turned = create_app(configuration(database_uri, CLINIC_KEYS=str(file)))
    result = turned.test_cli_runner().invoke(args=["keys", "rotate"])

    assert result.exit_code == 0, result.output
    second = read_keys(file)[-1]
    assert second != first
    assert f"Key {second.id} closes. Closed anew: " in result.output
    assert "patient 1" in result.output
    assert "message 1" in result.output
    for question in ("SELECT phone FROM patient", "SELECT sealed FROM message"):
        assert raw(database_uri, question).startswith(f"k1:{second.id}:")
    with turned.app_context(), act_as(HERE), job():
        assert [one.phone for one in queries.find(PHONE).patients] == [PHONE]
        assert db.session.scalars(select(Message.sealed)).one() == "Come"
    assert turned.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    with turned.app_context():
        db.engine.dispose()


@sqlite_only
def test_what_is_written_once_keeps_the_key_that_closed_it_and_is_read(
    app: Flask, work: Work, database_uri, tmp_path: Path
) -> None:
    """The trail is: its sensitive values stay under the key of their day."""
    with work(HERE):
        filled()
    told = newest(app)["detail"]
    file = tmp_path / "keys"
    add_key(file, new=True)
    turned = create_app(configuration(database_uri, CLINIC_KEYS=str(file)))

    turned.test_cli_runner().invoke(args=["keys", "rotate"])

    with turned.app_context():
        assert told["address"][1].startswith(f"enc:k1:{DERIVED.id}:")
        assert unmasked(told["address"][1]) == PHONE
        db.engine.dispose()


@sqlite_only
def test_the_operator_makes_and_lists_keys_and_sees_no_secret(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    runner = app.test_cli_runner()

    made = runner.invoke(args=["keys", "create", str(file)])
    again = runner.invoke(args=["keys", "create", str(file)])
    listed = runner.invoke(args=["keys", "list"])
    without = runner.invoke(args=["keys", "rotate"])

    assert (made.exit_code, again.exit_code, without.exit_code) == (0, 1, 1)
    assert f"Key {read_keys(file)[0].id} made." in made.output
    assert listed.output == f"{DERIVED.id} from CLINIC_SECRET_KEY, closes\n"
    secret = file.read_text().split()[1]
    assert secret not in made.output + again.output + listed.output
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]
