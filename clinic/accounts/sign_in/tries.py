"""This file is about each try to prove who one is: counted before, settled after."""

import hashlib
import hmac
from typing import Any, cast

from flask import Response, abort, current_app, g, request, session
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import ImmutableMultiDict

from clinic.accounts.actions import throttle
from clinic.accounts.forms import is_password, too_many
from clinic.accounts.models import User
from clinic.accounts.queries import user_by_id
from clinic.accounts.rules import (
    NO_TIME,
    TRIES_PER_ADDRESS,
    TRIES_PER_PERSON,
    Attempt,
    is_own_address,
    normalised_email,
)
from clinic.accounts.sign_in.identity import renew
from clinic.accounts.web_session import HALF_SIGNED_IN, ServerSession
from clinic.core import audit
from clinic.core.acting import acting
from clinic.core.db import apart, db, end_reading
from clinic.core.errors import DomainError

# Endpoint -> the field that proves something.
PROOFS = {
    "security.login": "password",
    "security.verify": "password",
    "security.change_password": "password",
    "security.two_factor_token_validation": "code",
    "security.two_factor_setup_validate": "code",
    "security.mf_recovery": "code",
    "passkeys.signed_in": "credential",
    "passkeys.proved_again": "credential",
}


class TooManyTries(DomainError):
    """Somebody tries again before a pause is over."""

    status = 429


def before_sign_in_pages() -> None:
    """Before a page of sign-in: no stranger's address, no JSON, and the try is counted."""
    if request.blueprint not in ("security", "passkeys"):
        return
    if request.is_json:
        abort(400)
    for name in ("args", "form"):
        setattr(request, name, without_strange_next(getattr(request, name)))
    g.csrf_valid = True  # the gate has checked it
    field = PROOFS.get(request.endpoint or "")
    if request.method == "POST" and field and request.form.get(field):
        g.attempt = attempt_at(field)
        end_reading()
        count(g.attempt)


def without_strange_next(sent: ImmutableMultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """What was sent, without a `next` that would leave this site."""
    if all(is_own_address(target) for target in sent.getlist("next") if target):
        return sent
    return ImmutableMultiDict(
        [(name, value) for name, value in sent.items(multi=True) if name != "next"]
    )


def attempt_at(field: str) -> Attempt:
    """Whom a try counts against: the name that was typed, or the person at this browser."""
    browser = cast(ServerSession, session)
    person = browser.sitting.user if browser.sitting else None
    if field == "code" or request.endpoint == "passkeys.signed_in":
        return from_outside("code", str(browser.get(HALF_SIGNED_IN) or (person and person.id)))
    if request.endpoint == "security.login" or person is None:
        return from_outside("password", normalised_email(request.form.get("email", "")))
    return from_inside(person)


def from_outside(kind: str, name: str) -> Attempt:
    """A try of somebody who is not signed in, against a name and the address it comes from."""
    person_key, address_key = key(kind, name), key("address", request.remote_addr or "")
    limits = {person_key: TRIES_PER_PERSON, address_key: TRIES_PER_ADDRESS}
    return Attempt(person_key, address_key, limits)


def from_inside(person: User) -> Attempt:
    """A try at a browser where somebody is signed in.

    Counted by itself, so that nobody outside can keep a nurse from signing a discharge.
    """
    person_key = key("signed in", str(person.id))
    return Attempt(person_key, None, {person_key: TRIES_PER_PERSON}, person_id=person.id)


def key(kind: str, name: str) -> str:
    """What is kept instead of a name: nobody reads from the table who was tried."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"{kind}\0{name}".encode(), hashlib.sha256).hexdigest()


def count(attempt: Attempt) -> None:
    """Count a try. Of two first ones at the same moment the second counts once more."""
    for last in (False, True):
        try:
            with apart() as writing:
                attempt.verdict = throttle.take_try(writing, attempt.limits)
            return
        except IntegrityError:
            if last:
                raise


def reauthenticate(password: str) -> bool:
    """Whether this is the password of whoever acts. Raises TooManyTries in a pause.

    Called inside the main transaction, so a wrong try is counted when the request has ended.
    """
    person = user_by_id(acting().actor_id)
    g.attempt = from_inside(person)
    if pause := throttle.remaining_pause(db.session(), g.attempt.limits):
        g.pop("attempt")
        raise TooManyTries(too_many(pause))
    g.attempt.was_right = is_password(password, person.password)
    return bool(g.attempt.was_right)


def settle(response: Response) -> Response:
    """After the request: a right try is given back, a wrong one is in the trail."""
    ended: Attempt | None = g.pop("attempt", None)
    if ended is None:
        return response
    if ended.verdict and ended.verdict.paused:
        response.status_code = 429
        response.headers["Retry-After"] = str(int(ended.verdict.paused.total_seconds()) + 1)
        return response
    end_reading()
    if ended.was_right:
        if request.endpoint == "security.verify" or g.get("proved_again"):
            renew_when_taken(response)
        with apart() as writing:
            throttle.give_back(
                writing, ended.person_key, ended.address_key if ended.verdict else None
            )
        return response
    if ended.verdict is None:
        count(ended)
    note_wrong(ended)
    return response


def renew_when_taken(response: Response) -> None:
    """A proof gives the sitting a new id; a refused request would not bring it to the browser."""
    if response.status_code < 400:
        renew()


def note_wrong(ended: Attempt) -> None:
    """A wrong try is an event, and so is a pause that begins with it. No typed name is kept."""
    actor = str(ended.person_id) if ended.person_id else None
    with apart() as writing:
        what: dict[str, Any] = {
            "actor_id": actor,
            "address": request.remote_addr,
            "view": request.endpoint,
        }
        audit.note(writing, "wrong-proof", "User", ended.person_id, **what)
        if ended.verdict and ended.verdict.pause > NO_TIME:
            seconds = int(ended.verdict.pause.total_seconds())
            audit.note(writing, "pause", "User", ended.person_id, **what, seconds=seconds)
