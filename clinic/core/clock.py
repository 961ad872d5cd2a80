"""This file is about what time it is: no other module may ask the system clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from flask import Flask, current_app, has_request_context

from clinic.core.acting import acting

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time, aware and in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, aware and in UTC, by the clock the application was made with."""
    clock: Clock = current_app.extensions["clinic.clock"]
    return clock()


def today() -> date:
    """Today's date on the wall of the clinic somebody acts for."""
    return now().astimezone(acting().timezone).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let a job believe that it is `moment`: how the demo writes its past. Never in a request."""
    if has_request_context():
        raise RuntimeError("time stands still for jobs only")
    clock = current_app.extensions["clinic.clock"]
    current_app.extensions["clinic.clock"] = lambda: moment
    try:
        yield
    finally:
        current_app.extensions["clinic.clock"] = clock


def init_app(app: Flask, clock: Clock = system_clock) -> None:
    """Give the application its clock; tests bring their own."""
    app.extensions["clinic.clock"] = clock
