"""This file is about what time it is: no other module may ask the system clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, current_app

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


def init_app(app: Flask, clock: Clock = system_clock) -> None:
    """Give the application its clock; tests bring their own."""
    app.extensions["clinic.clock"] = clock
