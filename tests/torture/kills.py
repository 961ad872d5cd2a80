"""The server and the worker are killed again and again while people work."""

import pytest
from flask import Flask

from tests.clock import Clock
from tests.durability.load import Ward, kept, logging, make_ward
from tests.durability.server import KillableServer
from tests.torture.table import Table

KILLS = 50
NURSES, SESSIONS, ENTRIES_EACH = 4, 60, 25


@pytest.fixture
def ward(app: Flask, clock: Clock) -> Ward:
    """Four nurses, sixty sessions: 1,500 entries."""
    return make_ward(app, clock, NURSES, SESSIONS)


def test_a_server_killed_fifty_times_keeps_every_acknowledged_entry_once(
    app: Flask, ward: Ward, server: KillableServer, engine_name: str, table: Table
) -> None:
    with table.fault(f"server killed (kill -9) while four tablets log, {engine_name}") as line:
        with logging(server.port, ward, ENTRIES_EACH) as work:
            for kill in range(KILLS):
                line.tries += 1
                work.reaches((kill + 1) * work.in_all // (KILLS + 1))
                server.kill()
                server.start()
                line.passed += 1
            sent = work.ends()
        found = kept(app, ward.nurses[0], sent)
        line.lost = found.lost
        line.said.append(
            f"{found.acknowledged} acknowledged, {found.doubled} doubled, {found.breaks} breaks"
        )
        assert found.whole, found
