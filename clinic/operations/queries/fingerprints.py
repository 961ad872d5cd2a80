"""This file is about the keys in use, by marks that tell one from another and open nothing."""

import hmac
from hashlib import sha256

from flask import current_app


def fingerprints() -> dict[str, str]:
    """What a key is for -> 16 hex digits."""
    return {"secret": mark(current_app.config["SECRET_KEY"])}


def mark(key: str) -> str:
    """The mark of a key."""
    return hmac.new(key.encode(), b"clinic backup fingerprint", sha256).hexdigest()[:16]
