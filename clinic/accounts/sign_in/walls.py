"""This file is about a tablet on the wall: it stays signed in, and opens nothing but its board."""

from datetime import datetime
from typing import cast

from flask import current_app, request, session

from clinic.accounts.web_session import PROVED, WALL, ServerSession, absolute_limit, idle_limit
from clinic.core import clock
from clinic.core.db import SAFE_METHODS
from clinic.core.errors import wants_json
from clinic.core.gate import standing
from clinic.core.permissions import PUBLIC, is_on_wall, is_polled, needed


def hang_up() -> datetime:
    """Let this browser be a wall; says when somebody has to sign in again.

    Only on a tablet that is enrolled its own asking counts as use, until the sitting is over. It
    holds no fresh password. Any other machine ends when nobody touched it for a while.
    """
    browser = cast(ServerSession, session)
    now = clock.now()
    began_at = browser.row.created_at if browser.row else now
    if standing().device is None:
        return min(began_at + absolute_limit(browser.sitting), now + idle_limit(browser.sitting))
    browser[WALL] = True
    browser["_fresh"] = False
    browser.pop("fs_paa", None)
    browser.pop(PROVED, None)
    return began_at + absolute_limit(browser.sitting)


def is_taken_down(browser: ServerSession) -> bool:
    """Whether this request asks a wall for something else than its board: nobody is signed in then.

    Somebody who opens another page there ends the sitting: the tablet asks for a PIN.
    """
    if WALL not in browser or asks_for_board():
        return False
    if opens_a_page():
        browser.end()
    return True


def asks_for_board() -> bool:
    """Whether this is the board as it hangs on the wall: initials, nothing to press."""
    return is_on_wall(current_app, request.endpoint) and request.args.get("wall") == "1"


def opens_a_page() -> bool:
    """Whether a person goes somewhere: no script, and nothing that anybody may see."""
    if request.endpoint is None or request.method not in SAFE_METHODS or wants_json():
        return False
    permission = needed(current_app, request.endpoint)
    return permission != PUBLIC and not is_polled(current_app, request.endpoint)
