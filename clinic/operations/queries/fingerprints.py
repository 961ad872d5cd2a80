"""This file is about the keys in use, by marks that tell one from another and open nothing."""

import hmac
from hashlib import sha256

from flask import current_app

from clinic.core.db import ring

from clinic.core.db.keys import ring


def fingerprints() -> dict[str, str]:
    """What a key is for -> a few hex digits: the secret, and each key of the ring in CLINIC_KEYS."""
    _derived, *kept = ring().keys
    marks = {"secret": mark(current_app.config["SECRET_KEY"])}
    return (
        marks
        | {f"column {key.id}": key.id for key in ring().keys[1:]}
        | {f"key {one.id} of the ring": one.id for one in kept}
    )


def mark(key: str) -> str:
    """The mark of a key: 16 hex digits."""
    return hmac.new(key.encode(), b"clinic backup fingerprint", sha256).hexdigest()[:16]
