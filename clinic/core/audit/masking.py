"""This file is about what of a value the trail may hold: all, encrypted, or nothing."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def masked(value: Any, mark: str | None) -> Any:
    """A value as the trail may hold it."""
    if value is None or mark is None:
        return plain(value)
    if mark == "secret":
        return "(secret)"
    return "enc:" + vault().encrypt(str(plain(value)).encode()).decode()


def unmasked(value: str) -> str:
    """A sensitive value of the trail in clear, for those who may read it."""
    return vault().decrypt(value.removeprefix("enc:").encode()).decode()


def clear(value: Any) -> Any:
    """A value of the trail as it may be shown to an auditor; what no key of ours opens stays."""
    if not isinstance(value, str) or not value.startswith("enc:"):
        return value
    try:
        return unmasked(value)
    except InvalidToken:
        return value


def vault() -> Fernet:
    """The key of sensitive values, derived from the application's secret."""
    secret = current_app.config["SECRET_KEY"].encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"clinic trail\0" + secret).digest()))


def plain(value: Any) -> Any:
    """A value as JSON can hold it; moments in UTC, everything else as written."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
