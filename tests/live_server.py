"""This file is about the server that a browser of the tests meets: threads of the test's process.

Not Werkzeug's, which waits after each answer for more to be sent, and which leaves the file that it
sends open when the browser goes on to another page.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask


class Quiet(WSGIRequestHandler):
    """Answers a request and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has above
        """Tests look at pages, not at a log."""


class Threads(ThreadingMixIn, WSGIServer):
    """A thread for each request; when it is closed, every one of them has ended."""

    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser may go away at any moment; everything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application behind a free port of this machine. Gives its address."""
    with make_server("127.0.0.1", 0, app, Threads, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
