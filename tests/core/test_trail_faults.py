"""This file is about what a verification names: events, records, signatures."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from clinic.accounts.models import User
from clinic.core import audit
from clinic.core.audit import AuditEvent, row_of
from clinic.core.audit.chain import canonical
from clinic.core.db import apart, db, job
from clinic.core.signatures import Proof, sign
from clinic.core.verify import Kind, check_of_own, examine
from tests.clock import Clock
from tests.conftest import Work
from tests.core.conftest import sqlite_only
from tests.core.raw import intruder
from tests.core.trail import events
from tests.core.trial import HERE, PATIENT, THERE
from tests.factories import make_infant, make_patient, make_user

MINE = f"chain_id IN ('{HERE.clinic_id}', '{HERE.clinic_id.hex}')"
HEAD = f"id IN ('{HERE.clinic_id}', '{HERE.clinic_id.hex}')"


@pytest.fixture
def app(app: Flask, work: Work) -> Flask:
    """A clinic with a mother, her son, and a document that was signed."""
    with work(HERE):
        make_infant(make_patient(phone="01 555 0100"))
        sign(
            "letter",
            PATIENT,
            {"text": "calm"},
            patient_id=PATIENT,
            meaning="I wrote this",
            proof=Proof(HERE.actor_id, "Priya Nair"),
        )
    return app


def verify(app: Flask, *more: str) -> Any:
    """The operator's command."""
    return app.test_cli_runner().invoke(args=["audit", "verify", *more])


def touch(database_uri: str, *statements: str) -> None:
    """What somebody does who has all rights of the database."""
    with intruder(database_uri, triggers=False) as connection:
        for statement in statements:
            connection.execute(statement)


def test_records_that_are_as_the_trail_tells_are_said_to_be_whole(app) -> None:
    result = verify(app)

    assert result.exit_code == 0, result.output
    assert f"whole  chain {HERE.clinic_id}: {len(events(app))} events" in result.output
    assert "; 3 records" in result.output
    assert "whole  people, places and tablets: as told; 2 records" in result.output


def test_a_person_made_in_one_chain_and_changed_in_another_is_as_told(
    app, work: Work, clock: Clock, database_uri
) -> None:
    """Invited in a clinic, then changed before anybody acts: the newer event counts."""
    with work(HERE):
        user_id = make_user(tf_primary_method=None).id
    clock.advance(minutes=5)
    with app.app_context(), job():
        db.session.get_one(User, user_id).tf_primary_method = "authenticator"

    assert verify(app).exit_code == 0

    touch(database_uri, 'UPDATE "user" SET tf_primary_method = NULL')
    assert "was edited past the program: tf_primary_method" in verify(app).output


RECORDS: dict[str, tuple[str, str]] = {
    "an edited row": (
        "UPDATE patient SET given_name = 'Mara'",
        "was edited past the program: given_name [record-edited]",
    ),
    "a value where there was none": (
        "UPDATE patient SET email = 'thief@example.org'",
        "was edited past the program: email [record-edited]",
    ),
    "a deleted row": (
        "DELETE FROM infant",
        "was deleted, and no event says so [record-missing]",
    ),
    "an inserted row": (
        (
            "INSERT INTO infant (id, clinic_id, patient_id, given_name, born_on, version)"
            " SELECT replace(id, substr(id, 32), 'f'), clinic_id, patient_id, 'Eve', born_on, 1"
            " FROM infant"
        ),
        "was inserted past the program: no event tells of it [record-unknown]",
    ),
    "an edited signed document": (
        """UPDATE document_version SET body = '{"text":"wild"}'""",
        "signed by Priya Nair at 2026-03-12T09:00:00+00:00: what was signed was changed",
    ),
    "a signature in another name": (
        "UPDATE document_version SET signed_by_name = 'Lea Fontaine'",
        "what was signed was changed afterwards [signature-broken]",
    ),
    "an edited clinic": (
        f"UPDATE clinic SET name = 'Hull Clinic' WHERE {HEAD}",
        "was edited past the program: name [record-edited]",
    ),
}


@sqlite_only
@pytest.mark.parametrize("attack", RECORDS)
def test_a_record_that_differs_from_its_newest_event_is_named(
    attack: str, app, database_uri
) -> None:
    statement, said = RECORDS[attack]
    touch(database_uri, statement)

    result = verify(app)

    assert result.exit_code == 1
    assert said in result.output


def test_on_both_databases_an_edited_record_and_signature_are_named(app, database_uri) -> None:
    touch(
        database_uri,
        "UPDATE patient SET born_on = '1990-01-01'",
        "UPDATE document_version SET meaning = 'I did not'",
    )

    output = verify(app).output

    assert "was edited past the program: born_on [record-edited]" in output
    assert "was edited past the program: meaning [record-edited]" in output
    assert "letter of 01950000-0000-7000-8000-00000000d001, version 1, signed by" in output
    assert f"BROKEN chain {THERE.clinic_id}" not in output


@sqlite_only
def test_an_event_that_was_inserted_in_the_middle_is_named(app, database_uri) -> None:
    """Put in with a hash that fits, the later ones moved up by one."""
    forged = as_the_third(app)
    with intruder(database_uri, triggers=False) as connection:
        connection.execute(f"UPDATE audit_event SET seq = -seq WHERE seq > 2 AND {MINE}")
        connection.execute(f"UPDATE audit_event SET seq = 1 - seq WHERE seq < 0 AND {MINE}")
        connection.execute(f"UPDATE clinic_head SET audit_seq = audit_seq + 1 WHERE {HEAD}")
        keys = ", ".join(forged)
        marks = ", ".join("?" for _ in forged)
        connection.execute(
            f"INSERT INTO audit_event ({keys}) VALUES ({marks})",
            list(forged.values()),
        )

    lines = verify(app, "--chain-only").output.splitlines()
    broken = [line.partition(" at ")[2] for line in lines if "BROKEN" in line]
    assert broken == [
        "event 3: its columns differ from its content [event-edited]",
        "event 3: was inserted, or stands here twice [event-inserted]",
    ]


def as_the_third(app: Flask) -> dict[str, Any]:
    """The columns of a forged event that follows the second one."""
    body = events(app)[2]
    with app.app_context():
        chain = db.session.query(AuditEvent).filter_by(chain_id=HERE.clinic_id)
        second = chain.filter_by(seq=2).one()
    text = canonical(body | {"type": "Ward"})
    forged = row_of(HERE.clinic_id, 3, body, text, second.hash)
    ids = {name: forged[name].hex for name in ("chain_id", "patient_id") if forged[name]}
    moment = forged["occurred_at"].replace(tzinfo=None).isoformat(" ", "microseconds")
    return forged | ids | {"id": "f" * 32, "occurred_at": moment}


@sqlite_only
def test_events_taken_out_with_the_rest_renumbered_are_named(app, database_uri) -> None:
    touch(
        database_uri,
        f"DELETE FROM audit_event WHERE seq = 2 AND {MINE}",
        f"UPDATE audit_event SET seq = -seq WHERE seq > 2 AND {MINE}",
        f"UPDATE audit_event SET seq = -seq - 1 WHERE seq < 0 AND {MINE}",
        f"UPDATE clinic_head SET audit_seq = audit_seq - 1 WHERE {HEAD}",
    )

    broken = [line for line in verify(app, "--chain-only").output.splitlines() if "BROKEN" in line]

    renumbered = "event 2 is missing; those after were renumbered"
    assert broken == [
        f"BROKEN chain {HERE.clinic_id} at event 2: {renumbered} [event-missing]",
    ]


@sqlite_only
def test_every_break_is_named_and_not_only_the_first(app, database_uri) -> None:
    touch(
        database_uri,
        f"UPDATE audit_event SET body = replace(body, 'mine', 'ours') WHERE seq = 2 AND {MINE}",
        f"DELETE FROM audit_event WHERE seq = 4 AND {MINE}",
    )

    lines = [line for line in verify(app, "--chain-only").output.splitlines() if "BROKEN" in line]

    assert [line.partition(" at ")[2] for line in lines] == [
        "event 2: its content was altered [event-edited]",
        "event 4: event 4 is missing [event-missing]",
    ]


@sqlite_only
def test_an_event_that_cannot_be_read_is_a_break_and_no_crash(app, database_uri) -> None:
    touch(database_uri, f"UPDATE audit_event SET occurred_at = 'noon' WHERE seq = 3 AND {MINE}")

    result = verify(app, "--chain-only")

    assert result.exit_code == 1
    assert f"BROKEN chain {HERE.clinic_id} at event 3: cannot be read, or one of" in result.output


def cut_off(database_uri: str, app: Flask) -> None:
    """Take the newest two events off and make the head fit."""
    with app.app_context():
        kept = db.session.query(AuditEvent).filter_by(chain_id=HERE.clinic_id)
        last = kept.order_by(AuditEvent.seq.desc()).offset(2).first()
    touch(
        database_uri,
        f"DELETE FROM audit_event WHERE seq > {last.seq} AND {MINE}",
        f"UPDATE clinic_head SET audit_seq = {last.seq}, audit_hash = '{last.hash}' WHERE {HEAD}",
    )


@sqlite_only
def test_an_end_that_was_cut_off_is_named_by_an_anchor(app, database_uri, tmp_path: Path) -> None:
    file, last = tmp_path / "anchors.txt", len(events(app))
    app.test_cli_runner().invoke(args=["audit", "anchor", str(file)])
    cut_off(database_uri, app)

    without = verify(app, "--chain-only")
    result = verify(app, "--chain-only", "--anchors", str(file))

    assert without.exit_code == 0
    assert result.exit_code == 1
    assert (
        f"at event {last - 1}: events {last - 1} to {last} are missing at the end;"
        " the anchor of 2026-03-12T09:00:00+00:00 covers them [end-missing]" in result.output
    )


@sqlite_only
def test_a_chain_that_was_built_anew_is_named_by_an_anchor(
    app, database_uri, tmp_path: Path
) -> None:
    file = tmp_path / "anchors.txt"
    app.test_cli_runner().invoke(args=["audit", "anchor", str(file)])
    build_anew(app, database_uri)

    without = verify(app, "--chain-only")
    result = verify(app, "--chain-only", "--anchors", str(file))

    assert without.exit_code == 0, without.output
    assert "written anew, here or before [anchor-missed]" in result.output


def build_anew(app: Flask, database_uri: str) -> None:
    """Write a chain as if the second event had been another, every hash made to fit."""
    previous, bodies = audit.FIRST, events(app)
    bodies[1]["type"] = "Nothing"
    with intruder(database_uri, triggers=False) as connection:
        for body in bodies:
            text = canonical(body)
            own = audit.link(previous, text)
            connection.execute(
                f"UPDATE audit_event SET body = ?, previous_hash = ?, hash = ?"
                f" WHERE seq = {body['seq']} AND {MINE}",
                (text, previous, own),
            )
            previous = own
        connection.execute(f"UPDATE clinic_head SET audit_hash = '{previous}' WHERE {HEAD}")


@sqlite_only
def test_a_file_that_is_no_anchor_is_said_to_be_none(app, tmp_path: Path) -> None:
    file = tmp_path / "anchors.txt"
    file.write_text("nothing of the kind\n")

    result = verify(app, "--anchors", str(file))

    assert result.exit_code == 1
    assert "line 1 of anchors.txt is no anchor" in result.output


@sqlite_only
def test_what_was_found_stands_in_each_clinics_own_trail(app, work: Work, database_uri) -> None:
    touch(database_uri, "UPDATE patient SET given_name = 'Mara'")

    verify(app, "--note")

    mine, theirs = events(app)[-1], events(app, THERE.clinic_id)[-1]
    assert (mine["action"], theirs["action"]) == ("verify-trail", "verify-trail")
    assert (mine["detail"]["whole"], theirs["detail"]["whole"]) == (False, True)
    assert mine["detail"]["complete"] is True
    assert "was edited past the program: given_name" in mine["detail"]["breaks"][0]


@sqlite_only
def test_the_check_of_a_page_names_records_and_signatures_too(
    app, work: Work, database_uri
) -> None:
    touch(
        database_uri,
        "UPDATE patient SET given_name = 'Mara'",
        "UPDATE document_version SET signed_at = '2026-03-11 09:00:00.000000'",
    )

    with work(HERE):
        checked = check_of_own(20_000)

    assert not checked.whole
    kinds = {found.kind for found in checked.breaks}
    assert kinds == {Kind.RECORD_EDITED, Kind.SIGNATURE_BROKEN}


@sqlite_only
def test_what_the_trail_may_not_tell_is_not_compared(app, work: Work, database_uri) -> None:
    """A secret changes without a word of what it is; a version counts by itself."""
    touch(database_uri, "UPDATE patient SET version = 7")

    with app.app_context(), apart(write=False) as session:
        checks = list(examine(session.connection()))

    assert [found for one in checks for found in one.breaks] == []
