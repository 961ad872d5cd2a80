"""This file is about who acts, for which clinic, in which time zone: said once per request."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import current_app, g


@dataclass(frozen=True)
class Acting:
    """A person at work in one clinic."""

    actor_id: uuid.UUID
    clinic_id: uuid.UUID
    timezone: ZoneInfo


class NobodyIsActing(RuntimeError):
    """A record was touched before anybody signed in or a job said who it is."""


def acting() -> Acting:
    """The person at work. Raises NobodyIsActing when there is none."""
    if (somebody := maybe_acting()) is None:
        raise NobodyIsActing("sign in, or wrap the job in act_as(...)")
    return somebody


def maybe_acting() -> Acting | None:
    """The person at work, or None before sign-in."""
    somebody: Acting | None = g.get("acting")
    return somebody


def set_acting(somebody: Acting) -> None:
    """Say who works in this request. Once: a second person is a programming error."""
    if maybe_acting() is not None:
        raise RuntimeError("somebody is already acting")
    g.acting = somebody


@contextmanager
def act_as(somebody: Acting) -> Iterator[Acting]:
    """Say who works in a job or a test. The gate does the same for a request.

    What was loaded is forgotten at the end: somebody of another clinic would find it by its id.
    """
    set_acting(somebody)
    try:
        yield somebody
    finally:
        current_app.extensions["sqlalchemy"].session.remove()
        g.pop("acting")
