"""This file is about what the trail says each record holds now, kept on disk and not in memory.

Values are kept as keyed digests of six bytes, with a key that is forgotten at the end: the file
tells nothing of a patient. A field of which nothing can be said has no digest.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from struct import Struct
from typing import Any

from clinic.core.audit import clear
from clinic.core.audit.masking import plain
from clinic.core.db import ExactDecimal, UtcDateTime

BUFFER = 5000  # records in memory at a time
SIZE = 6
UNSAID = b"\xff" * SIZE  # changed, and the trail cannot say to what
FIELD = Struct(f">B{SIZE}sq")  # a column, the digest of its value, and when it was said
TABLE = """CREATE TABLE said (type TEXT, record TEXT, seq INTEGER, made INTEGER, gone INTEGER,
 moment INTEGER, fields BLOB, PRIMARY KEY (type, record)) WITHOUT ROWID"""


@dataclass
class Said:
    """What the trail says of a record. `seq`: its newest event. `made`: its beginning is known.

    `moment`: when that event was; `fields`: index of a column -> the digest of its value, and the
    moment at which it was said.
    """

    seq: int = 0
    made: bool = False
    gone: bool = False
    moment: int = 0
    fields: dict[int, tuple[bytes, int]] = field(default_factory=dict)

    def row(self) -> tuple[int, bool, bool, int, bytes]:
        """As it is kept."""
        told = self.fields.items()
        packed = b"".join(FIELD.pack(index, digest, at) for index, (digest, at) in told)
        return self.seq, self.made, self.gone, self.moment, packed

    @classmethod
    def of(cls, seq: int, made: int, gone: int, moment: int, packed: bytes) -> "Said":
        """From what was kept."""
        fields = {index: (digest, at) for index, digest, at in FIELD.iter_unpack(packed)}
        return cls(seq, bool(made), bool(gone), moment, fields)

    def begins(self, at: int) -> None:
        """It was made at a moment: what was said before was said of another."""
        self.made = True
        self.fields = {index: one for index, one in self.fields.items() if one[1] >= at}

    def stands(self, seq: int, at: int, *, gone: bool) -> None:
        """Whether it is there after an event, unless a later one was read already."""
        if at >= self.moment:
            self.seq, self.moment, self.gone = seq, at, gone

    def says(self, index: int, digest: bytes, at: int) -> None:
        """A value of a column from a moment on, unless a later one was read already."""
        if index not in self.fields or at >= self.fields[index][1]:
            self.fields[index] = digest, at


class Ledger:
    """What a chain says of its records, on disk in a file of its own that has no name."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(16)
        # An empty name: a file that SQLite makes, fills only past its cache, and throws away.
        self.file = sqlite3.connect("", isolation_level=None)
        for setting in ("journal_mode=off", "synchronous=off", "cache_size=-16000"):
            self.file.execute(f"pragma {setting}")
        self.file.execute(TABLE)
        self.file.execute("BEGIN")
        self.buffer: dict[tuple[str, str], Said] = {}

    def close(self) -> None:
        """Forget all of it."""
        self.file.close()

    def digest(self, value: Any, kind: Any) -> bytes:
        """A value of a column, however it was written, as six bytes."""
        text = "\0" if value is None else "=" + spelled(value, kind)
        return blake2b(text.encode(), digest_size=SIZE, key=self.key).digest()

    def digest_said(self, value: Any, kind: Any) -> bytes:
        """The same of a value as the trail holds it."""
        value = clear(value)
        hidden = isinstance(value, str) and (value == "(secret)" or value.startswith("enc:"))
        return UNSAID if hidden else self.digest(value, kind)

    def take(self, type_: str, record: str) -> Said:
        """What was said of a record so far, to add to."""
        key = (type_, record)
        if key not in self.buffer:
            if len(self.buffer) >= BUFFER:
                self.put_down()
            self.buffer[key] = self.kept(key) or Said()
        return self.buffer[key]

    def kept(self, key: tuple[str, str]) -> Said | None:
        """What lies on disk."""
        found = self.file.execute(
            "SELECT seq, made, gone, moment, fields FROM said WHERE type = ? AND record = ?", key
        ).fetchone()
        return Said.of(*found) if found else None

    def put_down(self) -> None:
        """Everything from memory onto the disk."""
        rows = [(*key, *said.row()) for key, said in sorted(self.buffer.items())]
        self.file.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.buffer.clear()

    def forget(self, types: set[str]) -> None:
        """Drop all that was said of records of these classes."""
        self.put_down()
        self.file.executemany("DELETE FROM said WHERE type = ?", [(one,) for one in types])

    def pages(self, type_: str, most: int) -> Iterator[dict[str, Said]]:
        """Record id in hex -> what was said of it, some at a time, in the order of the ids."""
        self.put_down()
        after = ""
        while True:
            rows = self.file.execute(
                "SELECT record, seq, made, gone, moment, fields FROM said"
                " WHERE type = ? AND record > ? ORDER BY record LIMIT ?",
                (type_, after, most),
            ).fetchall()
            if not rows:
                return
            after = rows[-1][0]
            yield {record: Said.of(*rest) for record, *rest in rows}

    def unknown(self, type_: str, records: list[str]) -> list[str]:
        """Which of these records nothing was said of."""
        asked = json.dumps(records)
        return [
            record
            for (record,) in self.file.execute(
                "SELECT value FROM json_each(?) WHERE value NOT IN"
                " (SELECT record FROM said WHERE type = ?)",
                (asked, type_),
            )
        ]


def spelled(value: Any, kind: Any) -> str:
    """One spelling for one value of a column, whoever wrote it down."""
    text = str(plain(value))
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(text).astimezone(UTC).isoformat()
    if isinstance(kind, ExactDecimal):
        try:
            return format(Decimal(text).normalize(), "f")
        except InvalidOperation:
            return text
    return text
