"""This file is about proving once more who one is, before something delicate."""

from datetime import UTC, datetime
from typing import cast

from flask import g, session

from clinic.accounts.sign_in.settings import FRESH
from clinic.accounts.web_session import PROVED, ServerSession
from clinic.core import clock


def is_fresh() -> bool:
    """Whether the person at this browser proved who they are within the last 15 minutes.

    A PIN is no such proof, and neither is an old sitting.
    """
    proved_at = cast(ServerSession, session).get(PROVED)
    if proved_at is None:
        return False
    return clock.now() - datetime.fromtimestamp(proved_at, UTC) < FRESH


def note_proof() -> None:
    """They did just now, by password or passkey. Flask-Security's own pages are told too."""
    g.proved_again = True  # a new id follows when the request was taken
    session[PROVED] = session["fs_paa"] = clock.now().timestamp()
