"""A browser that goes on while a file is sent to it leaves no file open behind it."""

import gc
import socket
import struct
import sys
from typing import Any

import pytest
from flask import Flask

from tests.live_server import serving

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

ASKED = b"GET /static/vendor/vega/vega.min.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
AT_ONCE = struct.pack("ii", 1, 0)  # closing throws away what is still on its way


def leave_in_the_middle(address: str) -> None:
    """Ask for a file, take the first bytes, and be gone."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        browser.sendall(ASKED)
        assert b" 200 " in browser.recv(15)


def test_a_file_half_sent_is_closed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    left_open: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", left_open.append)

    with serving(app) as address:
        for _ in range(20):
            leave_in_the_middle(address)
    gc.collect()

    assert left_open == []
