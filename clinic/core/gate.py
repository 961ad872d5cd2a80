"""This file is about everything that happens before a view runs, in order."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from wtforms.validators import ValidationError

from clinic.core import audit, glass, records
from clinic.core.acting import Acting, set_acting
from clinic.core.db import SAFE_METHODS, apart, end_reading
from clinic.core.errors import answer, is_misaddressed, wants_json
from clinic.core.permissions import (
    GRANTS,
    PUBLIC,
    Permission,
    Role,
    is_by_link,
    is_polled,
    needed,
)

# Nobody is greeted in a file, and nothing is known of who asks for a state.
FOR_PROGRAMS = ("static", "core.healthz", "operations.readyz", "operations.metrics")
LARGEST_ID = 2**63 - 1  # what a database can compare with


@dataclass(frozen=True)
class SharedDevice:
    """The tablet of the clinic that somebody works at."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Standing:
    """A signed-in person at work: who, where, as what, how they are called, at which tablet."""

    acting: Acting
    role: Role
    name: str
    clinic_name: str
    device: SharedDevice | None = None


Identify = Callable[[], Standing | None]
Confine = Callable[[], Any]
Confirm = Callable[[], Any]
# What is changed under these wants a proof from the last minutes of who sits there.
DELICATE = frozenset({Permission.CLINIC_CONFIGURE, Permission.STAFF_MANAGE})


def check_request() -> Any:
    """Refuse what may not be; note what is opened. Returns None to let the view run."""
    g.request_id = secrets.token_hex(8)
    if is_misaddressed():
        return answer(400)
    if (instead := confined()) is not None:
        return instead
    refuse_too_large()
    permission = needed(current_app, request.endpoint) if request.endpoint else PUBLIC
    if request.method not in SAFE_METHODS and request.endpoint:
        refuse_forgery()
    standing = identified() if permission != PUBLIC or is_page() else None
    if permission == PUBLIC:
        return None
    if (instead := held_back(standing, permission)) is not None:
        return instead
    open_records()
    return None


def refuse_too_large() -> None:
    """Numbers that no database can compare, and bodies past the limit, read or not."""
    if any(isinstance(v, int) and v > LARGEST_ID for v in (request.view_args or {}).values()):
        abort(404)
    if request.endpoint and (request.content_length or 0) > (request.max_content_length or 0):
        abort(413)


def held_back(standing: Standing | None, permission: str | None) -> Any:
    """What is told who is not signed in, may not, or proved too long ago who they are."""
    if standing is None:
        return sign_in_first()
    if permission not in GRANTS[standing.role] and not glass.opens_in_emergency(permission):
        return refuse(standing)
    confirm: Confirm | None = current_app.extensions.get("clinic.confirm")
    if confirm is None or permission not in DELICATE or request.method in SAFE_METHODS:
        return None
    return confirm()


def is_page() -> bool:
    """Whether a public answer may greet the person by name (not a file, not a health check)."""
    endpoint = request.endpoint
    return endpoint not in FOR_PROGRAMS and not is_by_link(current_app, endpoint)


def confined() -> Any:
    """What a browser is told that was handed to a patient and asks for anything but her form."""
    confine: Confine | None = current_app.extensions.get("clinic.confine")
    return confine() if confine is not None else None


def identified() -> Standing | None:
    """Who is signed in and still works here; from now on they act in this request."""
    identify: Identify = current_app.extensions["clinic.identify"]
    standing = identify()
    end_reading()
    if standing is not None:
        g.standing = standing
        set_acting(standing.acting)
    return standing


def refuse_forgery() -> None:
    """Every unsafe request comes from our own pages and carries the token of its session, in the
    form or in a header."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(answer_forgery())
    token = request.headers.get("X-CSRFToken")
    if token is None and not request.is_json:
        token = request.form.get("csrf_token")
    try:
        validate_csrf(token)
    except ValidationError:
        abort(answer_forgery())


def answer_forgery() -> Any:
    """The outbox reads `csrf`, fetches a new token and sends again."""
    response = answer(400)
    if wants_json():
        response.set_data('{"error":"csrf","fields":{}}\n')
    return response


def sign_in_first() -> Any:
    """A script is told 401; a person is taken to the sign-in page and back."""
    if wants_json() or request.headers.get("HX-Request"):
        return answer(401)
    target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("security.login", next=target), 303)


def refuse(standing: Standing) -> Any:
    """A refusal is an event: the trail has it although nothing happened."""
    with apart() as trail:
        audit.note(
            trail,
            "refuse",
            "view",
            endpoint=request.endpoint,
            method=request.method,
            role=standing.role,
        )
    return answer(403)


def open_records() -> None:
    """Load what the address names (404 when not of this clinic) and note that it was opened."""
    arguments = records.named_in(request.view_args)
    if not arguments:
        return
    opens = request.method in SAFE_METHODS
    with apart(write=opens) as trail:
        patients = records.patients_of(trail, arguments)
        if len(patients) != 1:
            abort(404)
        g.patient_id = patients.pop()
        if opens and not already_noted(g.patient_id):
            about = ids(arguments) | glass.mark()
            audit.note(trail, "open", request.endpoint or "", patient_id=g.patient_id, **about)


def ids(arguments: dict[str, Any]) -> dict[str, Any]:
    """The ids of an address as the trail holds them; the patient has a place of her own."""
    return {key: str(value) for key, value in arguments.items() if key != "patient_id"}


def already_noted(patient_id: uuid.UUID) -> bool:
    """A page that refreshes itself was noted when the person opened it; its refreshes are not.

    A poll without an opening in this sitting is noted like any other.
    """
    opened: list[str] = session.setdefault("opened", [])
    known = str(patient_id) in opened
    if not known:
        session["opened"] = [*opened[-49:], str(patient_id)]
    return known and is_polled(current_app, request.endpoint)


def may(permission: str) -> bool:
    """Whether this person may do this: for menus and buttons, never instead of @requires."""
    standing: Standing | None = g.get("standing")
    return standing is not None and Permission(permission) in GRANTS[standing.role]


def may_open(endpoint: str) -> bool:
    """Whether a page exists here and this person may open it: for menus and links."""
    permission = needed(current_app, endpoint)
    if glass.leads_into_emergency(endpoint, permission):
        return True
    return permission == PUBLIC or (permission is not None and may(permission))


def standing() -> Standing:
    """The signed-in person. Aborts 401 when there is none."""
    if "standing" not in g:
        abort(401)
    found: Standing = g.standing
    return found


def identify_with(app: Flask, identify: Identify) -> None:
    """Accounts say here who is signed in; the core knows no accounts."""
    app.extensions["clinic.identify"] = identify


def confine_with(app: Flask, confine: Confine) -> None:
    """Accounts say here what a browser in a patient's hands is told; None: it may ask for this."""
    app.extensions["clinic.confine"] = confine


def confirm_with(app: Flask, confirm: Confirm) -> None:
    """Accounts say here what somebody is told who proved long ago who they are; None: go on."""
    app.extensions["clinic.confirm"] = confirm


def init_app(app: Flask) -> None:
    """Stand before every view."""
    app.before_request(check_request)
    # A form may lie open on a tablet for hours: its token lives as long as the sitting.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.jinja_env.globals.update(may=may, may_open=may_open, csrf_token=generate_csrf)
    app.register_error_handler(CSRFError, lambda _error: answer_forgery())
