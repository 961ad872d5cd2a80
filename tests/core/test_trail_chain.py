"""This file is about the chain of the trail: it holds under load, and says where it was broken."""

from typing import Any

import pytest
from flask import Flask

from clinic.core import audit
from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.core.tenancy import NO_CLINIC
from clinic.core.verify import Chain, verify
from tests.conftest import Work
from tests.core.crowd import at_once
from tests.core.raw import intruder
from tests.core.trail import events
from tests.core.trial import HERE, THERE, Ward


def run(app: Flask, *arguments: str) -> Any:
    """Run a command of the operator's."""
    return app.test_cli_runner().invoke(args=arguments)


def test_a_whole_trail_is_said_to_be_whole(app) -> None:
    result = run(app, "audit", "verify")

    assert result.exit_code == 0, result.output
    assert f"whole  chain {HERE.clinic_id}: {len(events(app))} events" in result.output
    assert f"whole  chain {THERE.clinic_id}" in result.output
    assert f"whole  chain {NO_CLINIC}" in result.output


def test_the_newest_hashes_can_be_kept_elsewhere(app) -> None:
    heads = run(app, "audit", "head").output.splitlines()

    with app.app_context():
        found = [f"{c.chain_id} {c.events} {c.hash}" for c in verify(db.session.connection())]
    assert heads == found


MINE = f"chain_id IN ('{HERE.clinic_id}', '{HERE.clinic_id.hex}')"
HEAD = f"id IN ('{HERE.clinic_id}', '{HERE.clinic_id.hex}')"
FORGED = "f" * 64
ATTACKS: dict[str, tuple[str, int, str]] = {
    "an altered body": (
        f"UPDATE audit_event SET body = replace(body, 'mine', 'thine') WHERE seq = 2 AND {MINE}",
        2,
        "its content was altered",
    ),
    "an altered column": (
        f"UPDATE audit_event SET action = 'open' WHERE seq = 2 AND {MINE}",
        2,
        "its columns differ from its content",
    ),
    "another patient": (
        f"UPDATE audit_event SET patient_id = '{THERE.clinic_id.hex}' WHERE seq = 2 AND {MINE}",
        2,
        "its columns differ from its content",
    ),
    "a moved moment": (
        (
            "UPDATE audit_event SET occurred_at = '2026-03-12 08:00:00.000000'"
            f" WHERE seq = 2 AND {MINE}"
        ),
        2,
        "its columns differ from its content",
    ),
    "a forged hash": (
        f"UPDATE audit_event SET hash = '{FORGED}' WHERE seq = 2 AND {MINE}",
        2,
        "its content was altered",
    ),
    "a deleted event": (
        f"DELETE FROM audit_event WHERE seq = 2 AND {MINE}",
        2,
        "event 2 is missing",
    ),
    "a deleted first event": (
        f"DELETE FROM audit_event WHERE seq = 1 AND {MINE}",
        1,
        "event 1 is missing",
    ),
    "two swapped events": (
        (
            f"UPDATE audit_event SET seq = -1 WHERE seq = 2 AND {MINE};"
            f"UPDATE audit_event SET seq = 2 WHERE seq = 3 AND {MINE};"
            f"UPDATE audit_event SET seq = 3 WHERE seq = -1 AND {MINE}"
        ),
        2,
        "was swapped with event 3 [events-swapped]",
    ),
    "a cut-off end": (
        f"DELETE FROM audit_event WHERE seq >= 3 AND {MINE}",
        3,
        "are missing at the end [end-missing]",
    ),
    "everything deleted": (
        f"DELETE FROM audit_event WHERE {MINE}",
        1,
        "are missing at the end [end-missing]",
    ),
    "a deleted head": (
        f"DELETE FROM clinic_head WHERE {HEAD}",
        0,
        "the head of the chain is gone [head-altered]",
    ),
    "a forged head": (
        f"UPDATE clinic_head SET audit_hash = '{FORGED}' WHERE {HEAD}",
        0,
        "the head of the chain was altered [head-altered]",
    ),
    "an event of another chain": (
        (
            f"UPDATE audit_event SET seq = 99, chain_id = '{HERE.clinic_id.hex}'"
            f" WHERE seq = 1 AND NOT ({MINE})"
            f" AND chain_id NOT IN ('{NO_CLINIC}', '{NO_CLINIC.hex}')"
        ),
        0,
        "are missing [event-missing]",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_broken_chain_is_named_with_its_first_broken_event_after(
    attack: str, app, database_uri
) -> None:
    statements, seq, why = ATTACKS[attack]
    seq = seq or len(events(app)) + 1

    with intruder(database_uri, triggers=False) as connection:
        for statement in statements.split(";"):
            connection.execute(statement)
    result = run(app, "audit", "verify")

    assert result.exit_code == 1
    assert f"BROKEN chain {HERE.clinic_id} at event {seq}: " in result.output
    assert why in result.output


def test_writers_at_the_same_time_keep_both_chains_whole(app) -> None:
    before = len(events(app)), len(events(app, THERE.clinic_id))

    def write(number: int) -> None:
        for count in range(5):
            with app.app_context(), act_as((HERE, THERE)[number % 2]), job():
                db.session.add(Ward(name=f"{number}-{count}"))

    assert at_once(6, write) == []

    after = len(events(app)), len(events(app, THERE.clinic_id))
    assert after == (before[0] + 15, before[1] + 15)
    with app.app_context():
        assert all(isinstance(c, Chain) for c in verify(db.session.connection()))


def test_the_first_events_of_a_chain_may_come_at_the_same_time(app, database_uri) -> None:
    with intruder(database_uri, triggers=False) as connection:
        connection.execute("DELETE FROM audit_event")
        connection.execute("DELETE FROM clinic_head")

    def write(number: int) -> None:
        with app.app_context(), act_as(HERE), job():
            audit.note(db.session(), "export", f"number {number}")

    assert at_once(4, write) == []
    assert [event["seq"] for event in events(app)] == [1, 2, 3, 4]


def test_numbers_of_the_log_are_given_once_each_under_load(app) -> None:
    numbers: list[int] = []

    def write(_number: int) -> None:
        for _ in range(5):
            with app.app_context(), act_as(HERE), job():
                numbers.append(audit.next_log_seq())

    assert at_once(4, write) == []
    assert sorted(numbers) == list(range(1, 21))


def test_a_change_and_its_event_stand_or_fall_together(app, work: Work, database_uri) -> None:
    before = events(app)
    with intruder(database_uri, triggers=False) as connection:
        connection.execute("ALTER TABLE clinic_head RENAME TO away")
        with pytest.raises(Exception, match="clinic_head"), work(HERE):
            db.session.add(Ward(name="without a trail"))
        connection.execute("ALTER TABLE away RENAME TO clinic_head")

    with work(HERE):
        assert db.session.query(Ward).filter_by(name="without a trail").count() == 0
    assert events(app) == before
