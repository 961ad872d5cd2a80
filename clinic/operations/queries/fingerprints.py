"""This file is about the keys in use, by marks that tell one from another and open nothing."""

import hmac
from hashlib import sha256

from flask import current_app

from clinic.core.db import ring


def fingerprints() -> dict[str, str]:
    """What a key is for -> a few hex digits: the secret, and each key of the ring in its file."""
    _derived, *kept = ring().keys
    secret = {"secret": mark(current_app.config["SECRET_KEY"])}
    return secret | {f"column {key.id}": key.id for key in kept}


def mark(key: str) -> str:
    """The mark of a key: 16 hex digits."""
    return hmac.new(key.encode(), b"clinic backup fingerprint", sha256).hexdigest()[:16]
