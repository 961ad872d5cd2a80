"""This file is about what of a value the trail may hold: all, encrypted, or nothing."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from clinic.core.db.keys import MARK, Unreadable, ring

PLACE = "audit_event.body"


def masked(value: Any, mark: str | None) -> Any:
    """A value as the trail may hold it."""
    if value is None or mark is None:
        return plain(value)
    if mark == "secret":
        return "(secret)"
    return "enc:" + ring().close(str(plain(value)), PLACE)


def unmasked(value: str) -> str:
    """A sensitive value of the trail in clear, for those who may read it."""
    closed = value.removeprefix("enc:")
    if closed.startswith(MARK):
        return ring().open(closed, PLACE)
    return vault().decrypt(closed.encode()).decode()


def clear(value: Any) -> Any:
    """A value of the trail as it may be shown to an auditor; what no key of ours opens stays."""
    if not isinstance(value, str) or not value.startswith("enc:"):
        return value
    try:
        return unmasked(value)
    except (InvalidToken, Unreadable):
        return value


def vault() -> Fernet:
    """The key by which sensitive values were closed before there was a ring."""
    secret = current_app.config["SECRET_KEY"].encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"clinic trail\0" + secret).digest()))


def plain(value: Any) -> Any:
    """A value as JSON can hold it; moments in UTC, everything else as written."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
