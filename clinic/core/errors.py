"""This file is about what goes wrong: the exceptions of the domain and the page each becomes."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    session,
)
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from clinic.core.db import db
from clinic.core.headers import protect

log = logging.getLogger("clinic")

WORDS = {
    400: ("The page is out of date", "The page is out of date. Reload; nothing was saved."),
    401: ("Please sign in again", "Please sign in again. Your entries are kept on this tablet."),
    403: ("No permission", "Your role cannot do this."),
    404: ("Not found", "Not found."),
    405: ("Not possible here", "This address cannot do that."),
    409: ("Changed meanwhile", "This was changed or signed by somebody else meanwhile."),
    413: ("Too large", "This is larger than the server takes. Nothing was saved."),
    415: ("Not understood", "Send JSON. Nothing was saved."),
    429: ("Too many tries", "Too many tries. Try again later."),
    500: ("Something failed", "Something failed. Nothing was saved."),
    503: (
        "The server cannot save now",
        "The server cannot save now. Nothing was lost; the tablet will send it again.",
    ),
}
MISADDRESSED = (
    "This server does not answer to that name. Open it under the name that you were given; "
    "whoever runs it lists the names in CLINIC_HOSTS."
)
# Taken keys, missing parents and refusals by trigger, as SQLite and as PostgreSQL name them.
CLASHES = {
    "SQLITE_CONSTRAINT_PRIMARYKEY",
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_CONSTRAINT_FOREIGNKEY",
    "SQLITE_CONSTRAINT_TRIGGER",
    "23505",
    "23503",
    "23000",
}
AnswerOfRoom = Callable[[int], Response]
DATABASE_AWAY = (OperationalError, PoolTimeout)
RETRY_SECONDS = "5"


class DomainError(Exception):
    """Something the domain refuses, in a sentence for the person who tried."""

    status = 409


class Conflict(DomainError):
    """The record has moved on: other content under the same id, an old version, a signed record."""


class Refused(DomainError):
    """This person may not do this to this record."""

    status = 403


class Unprocessable(DomainError):
    """What was sent cannot be stored. `fields` says which field, and how to put it right."""

    status = 422

    def __init__(self, fields: dict[str, list[str]], text: str = "Nothing was saved.") -> None:
        super().__init__(text)
        self.fields = fields


def wants_json() -> bool:
    """Whether a script asked: it sent JSON, or accepts only JSON."""
    accept = request.accept_mimetypes
    return request.is_json or accept.best == "application/json" or request.method == "PUT"


def answer(
    status: int, text: str = "", fields: dict[str, list[str]] | None = None, error_id: str = ""
) -> Response:
    """The same refusal as a page or as `{error, fields}`."""
    if (instead := answer_of_a_room(status)) is not None:
        return instead
    title, words = WORDS.get(status, WORDS[500])
    text = MISADDRESSED if is_misaddressed() else text or words
    if wants_json():
        body: dict[str, Any] = {"error": text, "fields": fields or {}}
        response = jsonify(body | ({"id": error_id} if error_id else {}))
    elif not can_draw():
        # Protected here, because without a session a library stops what comes after the request.
        response = protect(make_response(text, {"Content-Type": "text/plain; charset=utf-8"}))
    else:
        response = make_response(
            render_template(
                "errors/page.html",
                status=status,
                title=title,
                text=text,
                fields=fields or {},
                error_id=error_id,
            )
        )
    response.status_code = status
    if status in (429, 503):
        response.headers.setdefault("Retry-After", RETRY_SECONDS)
    return response


def answer_of_a_room(status: int) -> Response | None:
    """The refusal in the words of a room that has its own, by the beginning of its addresses."""
    rooms: dict[str, AnswerOfRoom] = current_app.extensions.get("clinic.answers", {})
    for beginning, make in rooms.items():
        if request.path.startswith(beginning) and not is_misaddressed():
            response = protect(make(status))
            response.status_code = status
            return response
    return None


def answer_with(app: Flask, beginning: str, make: AnswerOfRoom) -> None:
    """Let a room say refusals in its own words. `make` may use neither database nor session."""
    app.extensions.setdefault("clinic.answers", {})[beginning] = make


def is_misaddressed() -> bool:
    """Whether the request names a host that is not ours: then there is no address to link to."""
    return isinstance(request.routing_exception, SecurityError)


def can_draw() -> bool:
    """Whether there is what a page needs: an address to link to, and a session with its token."""
    try:
        session.get("csrf_token")
    except (AssertionError, RuntimeError):  # the database was away when it should have been opened
        return False
    return not is_misaddressed()


def on_domain_error(error: DomainError) -> Response:
    """A refusal of the domain, in its own words."""
    return answer(error.status, str(error), getattr(error, "fields", None))


def on_http_error(error: HTTPException) -> Any:
    """A refusal of the web, in ours. Redirects pass; `Allow` and `Retry-After` stay."""
    if error.code is None or error.code < 400:
        return error
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, DATABASE_AWAY):  # already while the session of the browser was opened
        return on_database_away(cause)
    response = answer(error.code if error.code in WORDS else 400)
    response.status_code = error.code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def on_clash(error: Exception) -> Response:
    """A version that moved on, an id used elsewhere, a row that may not change."""
    db.session.rollback()
    return answer(409) if is_clash(error) else on_bug(error)


def is_clash(error: Exception) -> bool:
    """Whether somebody else's row is in the way; a value that no column takes is our own bug."""
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return code is None or code in CLASHES


def on_database_away(error: Exception) -> Response:
    """Disk full, database gone, locked for too long: nothing was committed."""
    log.error("database: %s", type(error).__name__, exc_info=error)
    db.session.rollback()
    return answer(503)


def on_bug(error: Exception) -> Response:
    """A bug: an id for the log, no details for the page."""
    error_id = secrets.token_hex(4)
    log.error("error %s", error_id, exc_info=error)
    db.session.rollback()
    return answer(500, error_id=error_id)


def init_app(app: Flask) -> None:
    """Register what each exception becomes."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(StaleDataError, on_clash)
    app.register_error_handler(IntegrityError, on_clash)
    for away in DATABASE_AWAY:
        app.register_error_handler(away, on_database_away)
    if not app.debug:
        app.register_error_handler(Exception, on_bug)
