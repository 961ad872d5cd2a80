"""This file is about the key that closes backups: it lies in a file of its own, in no backup."""

import base64
import hashlib
from pathlib import Path

SECRET = "clinic-backup-key-1:"  # noqa: S105 - how the file of a key begins


class NoKey(ValueError):
    """There is no key to close or open a backup with."""


def key_in(file: str | None) -> bytes:
    """The key in a file. Raises NoKey."""
    if file is None:
        raise NoKey("CLINIC_BACKUP_KEY names no file: make one with `flask backup key FILE`.")
    try:
        text = Path(file).read_text().strip()
        key = base64.b64decode(text.removeprefix(SECRET), validate=True)
    except (OSError, ValueError) as fault:
        raise NoKey(f"The key of backups in {file} cannot be read.") from fault
    if not text.startswith(SECRET) or len(key) != 32:
        raise NoKey(f"{file} holds no key of backups.")
    return key


def fingerprint(key: bytes) -> str:
    """16 hex digits by which a key is told from another; it cannot be worked out from them."""
    return hashlib.sha256(b"clinic backup key\0" + key).hexdigest()[:16]
