"""This file is about a server that is killed and is back at once: its program is loaded before."""

import multiprocessing
import signal
import socket
import threading
import time
from typing import Any

from werkzeug.serving import make_server

from clinic import create_app
from tests.conftest import configuration

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload([__name__])
PATIENCE = 20.0


def serve(database_uri: str, port: int) -> None:
    """The real application with the machine's clock, until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    app = create_app(configuration(database_uri))
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


class QuickServer:
    """The application in a process of its own."""

    def __init__(self, database_uri: str) -> None:
        self.database_uri, self.port, self.kills = database_uri, free_port(), 0
        self.process: Any = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.process = FORK.Process(target=serve, args=(self.database_uri, self.port), daemon=True)
        self.process.start()
        deadline = time.monotonic() + PATIENCE
        while not self.listens():
            assert time.monotonic() < deadline, "the server did not come up"
            time.sleep(0.02)

    def listens(self) -> bool:
        """Whether somebody takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """kill -9: nobody gets to finish anything."""
        self.process.kill()
        self.process.join()
        self.kills += 1

    def close(self) -> None:
        """End it."""
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def free_port() -> int:
    """A port nobody listens on, and none that browsers refuse."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def in_background(target: Any, *arguments: Any) -> threading.Thread:
    """A thread that ends with the test."""
    thread = threading.Thread(target=target, args=arguments, daemon=True)
    thread.start()
    return thread
