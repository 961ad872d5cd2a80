"""This file is about a browser in a patient's hands: her form opens, everything else is refused."""

from typing import Any, cast

from flask import redirect, request, session

from clinic.accounts.web_session import HANDED, ServerSession
from clinic.core.db import SAFE_METHODS
from clinic.core.errors import answer, wants_json

# How a person of the staff gets the browser back, and the files of those pages.
WAY_OUT = frozenset(
    {
        "core.healthz",
        "passkeys.prove",
        "passkeys.signed_in",
        "security.login",
        "security.mf_recovery",
        "security.static",
        "security.tf_select",
        "security.two_factor_rescue",
        "security.two_factor_token_validation",
        "static",
        "switch.panel",
        "switch.show",
        "switch.take_over",
    }
)


def hand_over(beginning: str) -> None:
    """Give this browser to a patient; `beginning`: how the addresses of her form begin."""
    cast(ServerSession, session).hand_over(beginning)


def form_in_hand() -> str | None:
    """How the addresses of the form begin that this browser was handed over for."""
    return session.get(HANDED)


def confine() -> Any:
    """What this browser is told instead of what it asks for; None: it may have it."""
    beginning = form_in_hand()
    if beginning is None or request.endpoint in WAY_OUT or is_inside(beginning):
        return None
    if request.method in SAFE_METHODS and not wants_json() and "HX-Request" not in request.headers:
        return redirect(beginning, 303)
    return answer(403)


def is_inside(beginning: str) -> bool:
    """Whether the address belongs to the form."""
    return request.path == beginning or request.path.startswith(f"{beginning}/")
