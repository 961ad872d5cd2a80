"""Killed ten times while four tablets log a thousand entries: nothing acknowledged is lost."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.clock import Clock
from tests.durability.load import Ward, kept, logging, make_ward
from tests.durability.server import KillableServer

TABLETS, SESSIONS_EACH, ENTRIES_EACH, KILLS = 4, 10, 25, 10


@pytest.fixture
def ward(app: Flask, clock: Clock) -> Ward:
    """Four nurses, forty sessions."""
    return make_ward(app, clock, TABLETS, TABLETS * SESSIONS_EACH)


@pytest.fixture
def server(database_uri: str) -> Iterator[KillableServer]:
    """The real server on this test's database."""
    running = KillableServer(database_uri)
    running.start()
    yield running
    running.close()


def test_a_server_killed_ten_times_keeps_every_acknowledged_entry_once(
    app: Flask, ward: Ward, server: KillableServer
) -> None:
    with logging(server.port, ward, ENTRIES_EACH) as work:
        for kill in range(KILLS):
            work.reaches((kill + 1) * work.in_all // (KILLS + 1))
            server.kill()
            server.start()
        sent = work.ends()

    found = kept(app, ward.nurses[0], sent)
    assert found.whole, found
    assert (found.acknowledged, found.never_acknowledged) == (TABLETS * SESSIONS_EACH * 25, 0)
