"""This file is about the ids of entries from paper: the same words have the same id, always.

So a sheet that is read twice, or once more after a line was put right, doubles nothing.
"""

import hashlib
import json
from collections import Counter
from datetime import datetime
from uuid import UUID

from clinic.sessions.rules.paper.events import Said

VERSION, VARIANT = 7, 0b10  # RFC 9562: milliseconds first, then what we choose
RANDOM_A, RANDOM_B = 12, 62


class Naming:
    """Names the entries of one sheet for one session. Words that stand there twice are two."""

    def __init__(self, session_id: UUID) -> None:
        self.session_id = session_id
        self.seen: Counter[str] = Counter()

    def id_of(self, said: Said, at: datetime) -> UUID:
        """A UUIDv7 of the moment, with a hash of session and words where others have chance."""
        words = json.dumps([said.kind, sorted(said.fields.items()), said.about, at.isoformat()])
        self.seen[words] += 1
        whole = f"{self.session_id} {words} {self.seen[words]}"
        return uuid7_of(at, hashlib.sha256(whole.encode()).digest())


def uuid7_of(at: datetime, digest: bytes) -> UUID:
    """A UUIDv7 with bits of a digest in place of random ones."""
    milliseconds = int(at.timestamp() * 1000)
    bits = int.from_bytes(digest[:16], "big")
    first, second = bits >> 64 & (1 << RANDOM_A) - 1, bits & (1 << RANDOM_B) - 1
    return UUID(int=milliseconds << 80 | VERSION << 76 | first << 64 | VARIANT << RANDOM_B | second)
