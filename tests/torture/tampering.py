"""A trail of 100,000 events is tampered with in seven ways at once: each is named."""

import os
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

from clinic.bench.actions import fill_trail
from clinic.core.acting import Acting, act_as
from clinic.core.audit import AuditEvent
from clinic.core.db import db
from tests.core.conftest import sqlite_only
from tests.core.raw import intruder
from tests.desk import somebody, stranger
from tests.review.house import furnish
from tests.torture.table import Table

__all__ = ["somebody", "stranger"]

EVENTS = 100_000
MOST_MIB = 300
ENVIRONMENT = {"FLASK_APP": "wsgi", "CLINIC_HOSTS": "localhost", "CLINIC_INSECURE_COOKIES": "1"}


def tampering(chain: str, last: str) -> dict[str, tuple[list[str], str]]:
    """What is done -> the statements, what the verification must say of it."""
    mine = f"chain_id = '{chain}'"
    one = "SELECT id FROM infant_measure LIMIT 1 OFFSET 999"
    edit = "UPDATE audit_event SET body = replace(body, 'open', 'shut')"
    fit = f"UPDATE clinic_head SET audit_seq = {EVENTS - 10}, audit_hash = '{last}'"
    return {
        "an event edited": (
            [f"{edit} WHERE seq = 90000 AND {mine}"],
            "event 90000: its content was altered",
        ),
        "an event deleted": (
            [f"DELETE FROM audit_event WHERE seq = 80000 AND {mine}"],
            "event 80000: event 80000 is missing",
        ),
        "two events swapped": (
            [
                f"UPDATE audit_event SET seq = -1 WHERE seq = 70000 AND {mine}",
                f"UPDATE audit_event SET seq = 70000 WHERE seq = 70001 AND {mine}",
                f"UPDATE audit_event SET seq = 70001 WHERE seq = -1 AND {mine}",
            ],
            "event 70000: was swapped with event 70001",
        ),
        "the end cut off, the head made to fit": (
            [
                f"DELETE FROM audit_event WHERE seq > {EVENTS - 10} AND {mine}",
                f"{fit} WHERE id = '{chain}'",
            ],
            f"events {EVENTS - 9} to {EVENTS} are missing at the end; the anchor of",
        ),
        "a record edited": (
            ["UPDATE patient SET given_name = 'Mara'"],
            "was edited past the program: given_name",
        ),
        "a record deleted": (
            [f"DELETE FROM infant_measure WHERE id = ({one})"],
            "was deleted, and no event says so",
        ),
        "a signed document edited": (
            ["UPDATE document_version SET meaning = 'I did not'"],
            "what was signed was changed afterwards",
        ),
    }


def verified(app: Flask, anchors: Path) -> tuple[str, int, float]:
    """The operator's command in a process of its own: what it says, MiB at most, seconds."""
    said = {
        "CLINIC_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
        "CLINIC_SECRET_KEY": app.config["SECRET_KEY"],
    }
    command = [sys.executable, "-m", "flask", "audit", "verify", "--anchors", str(anchors)]
    begun, output = time.monotonic(), anchors.with_suffix(".out")
    with output.open("wb") as out:
        started = subprocess.Popen(command, env=os.environ | ENVIRONMENT | said, stdout=out)
        _, status, usage = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode == 1
    return output.read_text(), usage.ru_maxrss // 1024, time.monotonic() - begun


@sqlite_only
def test_each_way_of_tampering_is_named(
    app: Flask, somebody: Acting, database_uri: str, table: Table, tmp_path: Path
) -> None:
    furnish(app, somebody, "Zephyrine")
    with app.app_context(), act_as(somebody):
        fill_trail(EVENTS, lambda _text: None)
        chain = db.session.query(AuditEvent).filter_by(chain_id=somebody.clinic_id)
        last = chain.filter_by(seq=EVENTS - 10).one().hash
        db.engine.dispose()
    anchors = tmp_path / "anchors.txt"
    app.test_cli_runner().invoke(args=["audit", "anchor", str(anchors)])
    ways = tampering(somebody.clinic_id.hex, last)
    with table.fault("the trail tampered with past the program, sqlite") as line:
        with intruder(database_uri, triggers=False) as connection:
            for statements, _ in ways.values():
                for statement in statements:
                    connection.execute(statement)
        output, mib, seconds = verified(app, anchors)
        silent = [way for way, (_, said) in ways.items() if said not in output]
        line.tries, line.passed, line.lost = len(ways), len(ways) - len(silent), len(silent)
        pace = f"{EVENTS / seconds:,.0f} events/s with records, {mib} MiB at most"
        line.said.append(pace)

    assert silent == []
    assert mib < MOST_MIB
