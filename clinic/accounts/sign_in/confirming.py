"""This file is about the password in front of a delicate change: asked once, nothing typed is lost.

Staff and the clinic's settings are changed by somebody who proved within the last 15 minutes who
they are. Whoever did so longer ago is asked beside what they sent, which goes on when it is right.
"""

from typing import Any

from flask import g, make_response, render_template, request

from clinic.accounts.forms import is_password, too_many
from clinic.accounts.queries import user_by_id
from clinic.accounts.rules import tries_in_words
from clinic.accounts.sign_in.again import is_fresh, note_proof
from clinic.accounts.sign_in.tries import count, from_inside
from clinic.core.acting import acting
from clinic.core.db import end_reading
from clinic.core.errors import answer, wants_json

FIELD = "password_now"
NOT_RIGHT = "This is not your password."
LATER = "Enter your password in your account, then do this again."


def ask() -> Any:
    """What is told instead of doing it; None: the person proved just now, or a while ago."""
    if is_fresh():
        return None
    if wants_json() or request.headers.get("HX-Request"):
        return answer(403, LATER)
    typed = request.form.get(FIELD)
    if not typed:
        return asked()
    return judged(typed)


def judged(typed: str) -> Any:
    """Look at a password; the try is counted before, and settled after the request."""
    person = user_by_id(acting().actor_id)
    known, g.attempt = str(person.password), from_inside(person)
    end_reading()
    count(g.attempt)
    if g.attempt.verdict.paused:
        return asked(too_many(g.attempt.verdict.paused))
    g.attempt.was_right = is_password(typed, known)
    if not g.attempt.was_right:
        rest = tries_in_words(g.attempt.verdict.tries_left, g.attempt.verdict.pause)
        return asked(f"{NOT_RIGHT} {rest}")
    note_proof()
    return None


def asked(fault: str = "") -> Any:
    """The page that asks, with everything that was sent; a file has to be chosen again."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", FIELD) and "password" not in name
    ]
    page = render_template(
        "accounts/confirm.html",
        kept=kept,
        fault=fault,
        had_file=any(one.filename for one in request.files.values()),
    )
    return make_response(page, 403)
