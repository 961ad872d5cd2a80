"""This file is about a network that drops, delays, doubles and cuts off what passes through it."""

import random
import socket
import time
from collections import Counter
from contextlib import closing
from itertools import accumulate

from tests.outbox.serving import in_background

# What befalls an entry on its way, in a hundred; the rest arrives.
FAULTS = {"dropped": 8, "delayed": 10, "doubled": 8, "cut after commit": 8}
DELAY = 0.15


class BadNetwork:
    """A proxy on this machine. Only requests that write meet with faults; they are counted."""

    def __init__(self, upstream: int, seed: int) -> None:
        self.upstream, self.chance = upstream, random.Random(seed)  # noqa: S311 - a repeatable one
        self.befell: Counter[str] = Counter()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.listener.getsockname()[1]
        in_background(self.listen)

    def listen(self) -> None:
        """A thread for each connection, one request for each connection."""
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            in_background(self.carry, client)

    def carry(self, client: socket.socket) -> None:
        """Bring one request there and its answer back, or not."""
        with closing(client):
            try:
                if request := whole_message(client):
                    self.meet(client, request)
            except OSError:
                return

    def meet(self, client: socket.socket, request: bytes) -> None:
        """What happens to one request."""
        fault = self.fault() if request.startswith(b"PUT ") else "arrived"
        self.befell[fault] += 1
        if fault == "dropped":
            return
        if fault == "delayed":
            time.sleep(DELAY)
        if fault == "doubled":
            self.answer_to(request)
        answer = self.answer_to(request)
        if request.startswith(b"PUT ") and b" 201 " in answer[:20]:
            self.befell["saved"] += 1
        if fault != "cut after commit":
            client.sendall(answer)

    def fault(self) -> str:
        """One of the faults, or none."""
        drawn = self.chance.randrange(100)
        for name, limit in zip(FAULTS, accumulate(FAULTS.values()), strict=True):
            if drawn < limit:
                return name
        return "arrived"

    def answer_to(self, request: bytes) -> bytes:
        """What the server answers; it may be dead at any moment."""
        with closing(socket.create_connection(("127.0.0.1", self.upstream), timeout=10)) as server:
            server.sendall(request)
            parts = []
            while part := server.recv(65536):
                parts.append(part)
        answer = b"".join(parts)
        if not is_whole(answer):
            raise OSError("the server died in the middle of a sentence")
        return answer

    def close(self) -> None:
        """Nothing passes any more."""
        self.listener.close()


def whole_message(client: socket.socket) -> bytes:
    """One request with its body, asking for one answer; nothing when nothing comes."""
    client.settimeout(10)
    data = b""
    while b"\r\n\r\n" not in data:
        if not (part := client.recv(65536)):
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    while len(body) < length_of(head):
        body += client.recv(65536)
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def is_whole(answer: bytes) -> bool:
    """Whether an answer has all of the body that it announced."""
    head, found, body = answer.partition(b"\r\n\r\n")
    return bool(found) and len(body) >= length_of(head)


def length_of(head: bytes) -> int:
    """How long the body is, by its header."""
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0
