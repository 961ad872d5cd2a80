"""This file is about what somebody searches for: limited, and in no address in clear.

A search is sent as a form. In the address of the list it stands closed with the ring of keys, for
this person alone, so that pages, filters and the way back keep it.
"""

import base64
import binascii
from datetime import timedelta

from clinic.accounts.actions import throttle
from clinic.accounts.rules import pause_in_words
from clinic.accounts.sign_in.tries import key
from clinic.core.acting import acting
from clinic.core.db import db, ring
from clinic.core.db.keys import Unreadable

MOST, WITHIN = 300, timedelta(minutes=5)  # our own number; a rest while typing is a search, too
LIMIT_IN_WORDS = f"At most {MOST} searches in {pause_in_words(WITHIN)}."


def turn() -> timedelta:
    """Count a search of whoever acts; how long to wait."""
    return throttle.take_turn(db.session(), key("search", str(acting().actor_id)), MOST, WITHIN)


def closed(sought: str) -> str | None:
    """What is searched for as it may stand in an address; None for nothing."""
    if not sought:
        return None
    return base64.urlsafe_b64encode(ring().close(sought, place()).encode()).decode().rstrip("=")


def opened(closed: str) -> str:
    """What was searched for; nothing when it is somebody else's, altered, or of a lost key."""
    try:
        raw = base64.urlsafe_b64decode(closed.encode() + b"=" * (-len(closed) % 4))
        return ring().open(raw.decode(), place())
    except (binascii.Error, UnicodeError, Unreadable):
        return ""


def place() -> str:
    """For whom it is closed."""
    return f"search|{acting().clinic_id}|{acting().actor_id}"
