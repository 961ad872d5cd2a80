"""This file is about the log: a line of JSON for each request and fault, with no name and no value.

A fault is its kind and the places in the program that it went through. Its own words stay out: a
database quotes the row that it refuses, and a library what it was given.
"""

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from clinic.core.acting import maybe_acting

OURS = "clinic"
SERVER = "gunicorn"
ADDRESS = re.compile(r"(?<=request )\S+")  # gunicorn names the address of a request that failed
FACTS = ("endpoint", "method", "status", "ms", "clinic")

requests = logging.getLogger("clinic.requests")


class JsonFormatter(logging.Formatter):
    """One line for each record. Whatever is in it cannot begin another line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": words(record),
        }
        if has_request_context():
            said["request"] = g.get("request_id")
        said |= {name: vars(record)[name] for name in FACTS if name in vars(record)}
        if record.exc_info and record.exc_info[1]:
            said["fault"] = list(faults(record.exc_info[1]))
        return json.dumps(said, ensure_ascii=True, default=str)


def words(record: logging.LogRecord) -> str:
    """What a record says. Of a library only its own words, without what it fills in."""
    root = record.name.split(".", 1)[0]
    if root == OURS:
        return record.getMessage()
    if root == SERVER:
        return ADDRESS.sub("…", record.getMessage())
    return str(record.msg)


def faults(error: BaseException | None) -> list[dict[str, Any]]:
    """An exception and what caused it: kind, code of the database, places in the program."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
        found.append({"kind": type(error).__name__, "code": code, "where": where})
        error = error.__cause__ or error.__context__
    return found


def begin() -> None:
    """Remember when a request came."""
    g.came_at = time.monotonic()


def told(response: Response) -> Response:
    """One line for a request: which page, never its address, which may be a private link."""
    somebody = maybe_acting()
    facts = {
        "endpoint": request.endpoint,
        "method": request.method,
        "status": response.status_code,
        "ms": round(1000 * took()),
        "clinic": somebody.clinic_id if somebody else None,
    }
    if request.endpoint != "static":
        requests.info("answered", extra=facts)
    return response


def took() -> float:
    """How long this request has taken so far, in seconds."""
    return time.monotonic() - g.get("came_at", time.monotonic())


def install(*, demo: bool) -> None:
    """Send what is logged to the standard error, once for a process. The demo says faults alone."""
    root = logging.getLogger()
    if not any(isinstance(one.formatter, JsonFormatter) for one in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.WARNING if demo else logging.INFO)


def init_app(app: Flask) -> None:
    """Log each request; outside of tests, send the log to the standard error."""
    app.before_request(begin)
    app.after_request(told)
    if not app.testing:
        install(demo=app.config["DEMO"])
