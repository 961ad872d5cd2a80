"""This file is about the server itself, spoken to by wire as no browser does."""

import os
import socket
from pathlib import Path

import pytest

from tests.durability.server import KillableServer

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SMUGGLED = (
    # Two lengths: the proxy believes one, the server the other.
    (
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /trail HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    ),
    (
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
        b"Content-Length: 0\r\n\r\n"
        b"GET /trail HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    ),
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n bad: c\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Long: 1\r\n" * 65 + b"\r\n",
)


def said(port: int, sent: bytes) -> bytes:
    """All that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
        wire.sendall(sent)
        wire.shutdown(socket.SHUT_WR)
        came = b""
        while piece := wire.recv(65536):
            came += piece
    return came


def test_no_request_is_hidden_in_another_and_no_socket_controls_the_server(
    database_uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A29 (request smuggling), A37 (control socket in the home folder)."""
    monkeypatch.setenv("HOME", str(tmp_path))
    server = KillableServer(database_uri)
    server.start()
    try:
        answers = [said(server.port, sent) for sent in SMUGGLED]
    finally:
        server.close()

    for answer in answers:
        assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501")), answer[:80]
        assert answer.count(b"HTTP/1.1 ") == 1, answer[:200]
    assert not [file for _, _, files in os.walk(tmp_path) for file in files if "ctl" in file]
