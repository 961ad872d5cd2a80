"""This file is about a server that a test may kill: the real one, in processes of its own."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from http.client import HTTPConnection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

ENVIRONMENT = {
    "CLINIC_SECRET_KEY": "tests-only-0123456789-abcdefghijklmnop",
    "CLINIC_INSECURE_COOKIES": "1",
    "CLINIC_HOSTS": "127.0.0.1",
}
PATIENCE = 30.0


def warm() -> ForkServerContext:
    """Processes that begin with every module loaded: a start costs what the server does in it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.durability.loaded"])
    return context


class KillableServer:
    """gunicorn with one worker, in a process group of its own, so that a kill leaves nobody."""

    serves = "wsgi:app"

    def __init__(self, database_uri: str) -> None:
        self.environment = {**ENVIRONMENT, "CLINIC_DATABASE_URI": database_uri}
        self.port = free_port()
        self.warm = warm()
        self.process: BaseProcess | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.start_without_waiting()
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < deadline, "the server did not come up"
            time.sleep(0.05)

    def start_without_waiting(self) -> None:
        """Start it, whether or not it will find its database."""
        self.process = self.warm.Process(
            target=serve, args=(self.port, self.environment, self.serves)
        )
        self.process.start()

    def answers(self) -> bool:
        """Whether it is there, with its database."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Pull the plug: nobody gets to finish anything."""
        assert self.process is not None
        assert self.process.pid is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()
        self.process.close()
        self.process = None

    def close(self) -> None:
        """End it, if it runs."""
        if self.process is not None:
            self.kill()


def serve(port: int, environment: dict[str, str], serves: str) -> None:
    """What `gunicorn -w 1 -b 127.0.0.1:PORT ...:app` does in a group of its own."""
    from gunicorn.app.wsgiapp import run

    os.setsid()
    os.environ.update(environment)
    sys.argv = ["gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", serves]
    run()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
