"""This file is about how things are written on a page: dates, times, quantities, names."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask

from clinic.core import clock
from clinic.core.acting import acting

THIN = "\u202f"
MINUS = "−"


def local(moment: datetime) -> datetime:
    """A moment on the clinic's wall."""
    return moment.astimezone(acting().timezone)


def at_time(moment: datetime | None) -> str:
    """`09:30`; with its offset in an hour that the clock shows twice."""
    if moment is None:
        return ""
    wall = local(moment)
    doubled = wall.replace(fold=1 - wall.fold).utcoffset() != wall.utcoffset()
    return wall.strftime("%H:%M %Z") if doubled else wall.strftime("%H:%M")


def on_day(day: date | datetime | None) -> str:
    """`Thu 12 Mar`."""
    return "" if day is None else as_day(day).strftime("%a %d %b")


def on_date(day: date | datetime | None) -> str:
    """`12 Mar 2026`."""
    return "" if day is None else as_day(day).strftime("%d %b %Y")


def at_moment(moment: datetime | None) -> str:
    """`Thu 12 Mar 2026, 09:30`."""
    return "" if moment is None else f"{local(moment).strftime('%a %d %b %Y')}, {at_time(moment)}"


def at_signed(moment: datetime | None) -> str:
    """`Thu 12 Mar 2026, 09:30, Europe/Dublin`: beside a signature the zone is named."""
    return "" if moment is None else f"{at_moment(moment)}, {acting().timezone.key}"


def as_day(day: date | datetime) -> date:
    """The clinic's day of a moment; a day as it is."""
    return local(day).date() if isinstance(day, datetime) else day


def hours(minutes: int | None) -> str:
    """`1:02` for 62 minutes; nothing for none."""
    if minutes is None:
        return ""
    sign = MINUS if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def quantity(value: Decimal | int | None, unit: str = "") -> str:
    """`84 mg`: no trailing zeros, a thin space, a true minus; nothing for none."""
    if value is None:
        return ""
    text = format(Decimal(value).normalize(), "f").replace("-", MINUS)
    return f"{text}{THIN}{unit}" if unit else text


def signed(value: Decimal | int | None) -> str:
    """`+30`, `−4`, `0`: a change."""
    if value is None:
        return ""
    return f"+{value}" if value > 0 else str(value).replace("-", MINUS)


def initials(name: str) -> str:
    """`AK` for Aiko Kimura; titles do not count."""
    words = [word for word in name.split() if word.rstrip(".") not in ("Dr", "Prof")]
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def age(born_on: date | None, on: date | None = None) -> int | None:
    """Whole years on a day (today when none is given)."""
    if born_on is None:
        return None
    on = on or clock.today()
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def weeks(days: int | None) -> str:
    """`7 weeks postpartum`, `5 days postpartum`."""
    if days is None or days < 0:
        return ""
    if days < 14:
        return f"{days} day{'s' if days != 1 else ''} postpartum"
    return f"{days // 7} weeks postpartum"


def postpartum(birth_on: date | None, on: date | None = None) -> str:
    """How long ago a birth was, in words."""
    return weeks(((on or clock.today()) - birth_on).days) if birth_on else ""


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes, rounded down."""
    return (later - earlier) // timedelta(minutes=1)


FILTERS: dict[str, Any] = {
    "age": age,
    "as_day": as_day,
    "at_moment": at_moment,
    "at_signed": at_signed,
    "at_time": at_time,
    "hours": hours,
    "initials": initials,
    "on_date": on_date,
    "on_day": on_day,
    "postpartum": postpartum,
    "quantity": quantity,
    "signed": signed,
    "weeks": weeks,
}


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["now"] = clock.now
