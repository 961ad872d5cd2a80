"""This file is about closing a backup with a key that is not in it, and opening it again.

AES-256-GCM over pieces of a megabyte, as in STREAM (Hoang et al. 2015): each piece is numbered and
the last one is marked, so that none can be changed, moved, left out or cut off. A key for each
file comes from the clinic's by HKDF with a salt of its own, so a number is never used twice.
"""

import base64
import io
import json
import os
import secrets
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clinic.operations.queries.backup_key import SECRET, fingerprint
from clinic.operations.rules.backups import FORMAT, BadBackup

PIECE: Final = 1 << 20  # bytes
TAG: Final = 16
LONGEST_HEAD = 1000


def new_key(file: Path) -> str:
    """Make a key in a new file that only its owner may read. Returns its fingerprint."""
    key = secrets.token_bytes(32)
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as written:
        written.write(SECRET + base64.b64encode(key).decode() + "\n")
    return fingerprint(key)


def cipher(key: bytes, salt: str) -> AESGCM:
    """The cipher of one file."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=bytes.fromhex(salt), info=FORMAT.encode())
    return AESGCM(derived.derive(key))


def nonce(number: int, *, last: bool) -> bytes:
    """The number of a piece, and whether it is the last."""
    return number.to_bytes(11) + bytes([last])


class Sealing(io.RawIOBase):
    """A file to write to; what is written is closed with the key. Only `close` makes it whole."""

    def __init__(self, file: BinaryIO, key: bytes, made_at: str) -> None:
        salt = secrets.token_hex(16)
        head = {"format": FORMAT, "key": fingerprint(key), "made_at": made_at, "salt": salt}
        self.head = json.dumps(head).encode() + b"\n"
        self.file, self.cipher, self.number = file, cipher(key, salt), 0
        self.waiting = bytearray()
        file.write(self.head)

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes."""
        self.waiting += data
        while len(self.waiting) > PIECE:
            self.put(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(data)

    def put(self, piece: bytes, *, last: bool) -> None:
        """One piece, closed."""
        closed = self.cipher.encrypt(nonce(self.number, last=last), piece, self.head)
        self.file.write(closed)
        self.number += 1

    def finish(self) -> None:
        """The last piece. A file without it is not whole, so a failure never calls this."""
        self.put(bytes(self.waiting), last=True)


class Opening(io.RawIOBase):
    """A closed file to read from. Raises BadBackup at the first byte that is not as written."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self.head = file.readline(LONGEST_HEAD)
        said = head_of(self.head)
        if said["key"] != fingerprint(key):
            raise BadBackup(
                f"It was closed with the key {said['key']}; yours is {fingerprint(key)}."
            )
        self.file, self.cipher, self.number = file, cipher(key, said["salt"]), 0
        self.ready, self.next = b"", file.read(PIECE + TAG)

    def readable(self) -> bool:
        """It gives bytes."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Give bytes."""
        if not self.ready and self.next:
            self.ready = self.piece()
        given = self.ready[: len(buffer)]
        buffer[: len(given)] = given
        self.ready = self.ready[len(given) :]
        return len(given)

    def piece(self) -> bytes:
        """The next piece, opened."""
        closed, self.next = self.next, self.file.read(PIECE + TAG)
        try:
            opened = self.cipher.decrypt(nonce(self.number, last=not self.next), closed, self.head)
        except InvalidTag as fault:
            raise BadBackup("It is not whole, or it was changed after it was made.") from fault
        self.number += 1
        return opened


def head_of(line: bytes) -> dict[str, str]:
    """What a backup says in clear: when it was made, and with which key. Raises BadBackup."""
    try:
        said = json.loads(line)
        known = said["format"] == FORMAT and {"key", "made_at", "salt"} <= said.keys()
        bytes.fromhex(said["salt"])
    except (ValueError, KeyError, TypeError) as fault:
        raise BadBackup("This is no backup of ours.") from fault
    if not known:
        raise BadBackup("This is no backup of ours.")
    return {name: str(value) for name, value in said.items()}
