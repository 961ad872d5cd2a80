"""This file is about the ring of keys that close sensitive columns: outside the database.

A file (`CLINIC_KEYS`) holds a key a line, the newest last; that one closes, all of them open. A
closed value names its key. Behind them stands one derived from the application's secret, which
closes as long as there is no file and opens for ever what it closed.
"""

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app

MARK = "k1:"  # AES-256-GCM, key by its id, nonce of 96 bits
NONCE = 12
BYTES = 32


class Unreadable(ValueError):
    """A closed value that no key of the ring opens: the key is missing, or it was altered."""


@dataclass(frozen=True)
class Key:
    """One key. Its id follows from it, and opens nothing."""

    secret: bytes

    @property
    def id(self) -> str:
        """Eight hex digits."""
        return hmac.digest(self.secret, b"clinic key id", sha256).hex()[:8]

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.id} {base64.b64encode(self.secret).decode()}\n"


class Ring:
    """All keys, the newest last."""

    def __init__(self, derived: Key, kept: list[Key]) -> None:
        self.keys = [derived, *kept]
        self.by_id = {key.id: AESGCM(key.secret) for key in self.keys}

    @property
    def newest(self) -> Key:
        """The key that closes."""
        return self.keys[-1]

    @property
    def has_file(self) -> bool:
        """Whether there are keys of a file, or only the derived one."""
        return len(self.keys) > 1

    def close(self, text: str, place: str) -> str:
        """A text, closed; it opens for this place (a column) alone."""
        nonce, key = secrets.token_bytes(NONCE), self.newest.id
        closed = self.by_id[key].encrypt(nonce, text.encode(), place.encode())
        return f"{MARK}{key}:{base64.b64encode(nonce + closed).decode()}"

    def open(self, value: str, place: str) -> str:
        """The text of a closed value. Raises Unreadable."""
        if not value.startswith(MARK):
            raise Unreadable(f"{place}: a value that was never closed")
        key, _, body = value.removeprefix(MARK).partition(":")
        if key not in self.by_id:
            raise Unreadable(f"{place}: closed with key {key}, which is not in the ring")
        try:
            raw = base64.b64decode(body, validate=True)
            return self.by_id[key].decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()
        except (ValueError, InvalidTag) as fault:
            raise Unreadable(f"{place}: a value that was altered") from fault

    def marks(self, text: str, place: str) -> list[str]:
        """What stands in a column by which an encrypted one is looked up: by each key, newest last.

        The same text has the same mark, and nobody without the key can make it.
        """
        said = f"{place}\0{text}".encode()
        return [
            f"{key.id}:{hmac.digest(key.secret, b'clinic mark' + said, sha256).hex()[:32]}"
            for key in self.keys
        ]


def derived_key(secret: str) -> Key:
    """The key that follows from the application's secret."""
    return Key(hmac.digest(secret.encode(), b"clinic columns", sha256))


def read_keys(file: Path) -> list[Key]:
    """The keys of a file. Raises ValueError with a sentence, and OSError."""
    if file.stat().st_mode & 0o077:
        raise ValueError(f"{file} can be read by others: chmod 600 {file}")
    found = []
    for number, line in enumerate(file.read_text("ascii").splitlines(), 1):
        name, _, text = line.partition(" ")
        key = Key(base64.b64decode(text, validate=True))
        if len(key.secret) != BYTES or key.id != name:
            raise ValueError(f"line {number} of {file} is no key")
        found.append(key)
    if not found:
        raise ValueError(f"{file} holds no key")
    return found


def add_key(file: Path, *, new: bool) -> Key:
    """Put a fresh key at the end of a file that only its owner may read; `new`: make the file.

    Raises OSError.
    """
    key = Key(secrets.token_bytes(BYTES))
    how = os.O_CREAT | os.O_EXCL if new else os.O_APPEND
    with os.fdopen(os.open(file, os.O_WRONLY | how, 0o600), "w") as lines:
        lines.write(key.line)
        lines.flush()
        os.fsync(lines.fileno())
    return key


def ring() -> Ring:
    """The ring of the application."""
    found: Ring = current_app.extensions["clinic.keys"]
    return found


def load_ring(app: Flask) -> None:
    """Read the ring. Ends the start with a sentence when the file is named and cannot be read."""
    file, kept = app.config.get("KEYS"), []
    if file:
        try:
            kept = read_keys(Path(file))
        except (OSError, ValueError) as fault:
            raise SystemExit(f"CLINIC_KEYS: {fault}") from fault
    app.extensions["clinic.keys"] = Ring(derived_key(app.config["SECRET_KEY"]), kept)
