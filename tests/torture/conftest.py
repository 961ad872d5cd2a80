"""This file is about what every fault is thrown at: a server, and nurses who log."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.clock import Clock
from tests.durability.load import make_ward
from tests.durability.server import KillableServer
from tests.torture.weather import NURSES, SESSIONS, Trial


@pytest.fixture
def server(database_uri: str) -> Iterator[KillableServer]:
    """The real server on this test's database."""
    running = KillableServer(database_uri)
    running.start()
    yield running
    running.close()


@pytest.fixture
def trial(app: Flask, clock: Clock, server: KillableServer) -> Trial:
    """The server, four nurses, twenty-four sessions."""
    return Trial(app, make_ward(app, clock, NURSES, SESSIONS), server)
