"""This file is about dates: reading them in any usual order, and whether they can be true.

The ages and days below are entry checks against a slip of the keyboard, not limits of treatment.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PART = r"(?:[0-9]{1,4}|[a-z]{3,9})"
THREE_PARTS = re.compile(rf"({PART})[ ./,-]+({PART})[ ./,-]+({PART})", re.ASCII)
CENTURIES = (1900, 2000)
FIRST_YEAR, LAST_YEAR = 1900, 2199

YOUNGEST_MOTHER = 10
OLDEST_PATIENT = 70
DAYS_AROUND_DELIVERY = timedelta(days=2)


def possible_dates(typed: str) -> set[date]:
    """Every day that a text can mean: `04 Jun 1994`, `4.6.94`, `06/04/1994`, `19940604`."""
    text = typed.strip().lower()
    if re.fullmatch(r"[0-9]{8}", text, re.ASCII):
        splits = ((text[:4], text[4:6], text[6:]), (text[:2], text[2:4], text[4:]))
        return {day for parts in splits for day in days_of(parts)}
    match = THREE_PARTS.fullmatch(text)
    return set(days_of(match.groups())) if match else set()


def days_of(parts: tuple[str, ...]) -> Iterator[date]:
    """Three parts read as year-month-day, day-month-year and month-day-year."""
    one, two, three = parts
    for year, month, day in ((one, two, three), (three, two, one), (three, one, two)):
        for full_year, number in product(years(year), months(month)):
            if day.isdigit() and len(day) <= 2 and (found := day_or_none(full_year, number, day)):
                yield found


def years(part: str) -> list[int]:
    """`1994` is itself; `94` may be of two centuries."""
    if not part.isdigit() or len(part) not in (2, 4):
        return []
    found = [int(part)] if len(part) == 4 else [century + int(part) for century in CENTURIES]
    return [year for year in found if FIRST_YEAR <= year <= LAST_YEAR]


def months(part: str) -> list[int]:
    """By number, or by the first three letters of its English name."""
    if part.isdigit():
        return [int(part)] if len(part) <= 2 else []
    return [MONTHS.index(part[:3]) + 1] if part[:3] in MONTHS else []


def day_or_none(year: int, month: int, day: str) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def years_between(earlier: date, later: date) -> int:
    """Whole years, negative when the days stand the other way round."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def fault_of_birth(born_on: date, today: date) -> str | None:
    """Why a patient's date of birth cannot be true, as a sentence; None when it can."""
    if born_on >= today:
        return "Enter a date of birth before today."
    if not YOUNGEST_MOTHER <= (age := years_between(born_on, today)) <= OLDEST_PATIENT:
        return (
            f"Enter a date of birth that makes her {YOUNGEST_MOTHER} to {OLDEST_PATIENT} years old;"
            f" this one makes her {age}."
        )
    return None


def fault_of_delivery(gave_birth_on: date, born_on: date | None, today: date) -> str | None:
    """Why a date of delivery cannot be true, as a sentence; None when it can."""
    if gave_birth_on > today:
        return "Enter a date of delivery that is not after today."
    if born_on and (age := years_between(born_on, gave_birth_on)) < YOUNGEST_MOTHER:
        return (
            f"Enter a date of delivery when she was {YOUNGEST_MOTHER} or older;"
            f" on this one she was {max(age, 0)}."
        )
    return None


def fault_of_infant_birth(born_on: date, mother_born_on: date, today: date) -> str | None:
    """Why an infant's date of birth cannot be true, as a sentence; None when it can."""
    if born_on > today:
        return "Enter the infant's date of birth; it cannot be after today."
    if years_between(mother_born_on, born_on) < YOUNGEST_MOTHER:
        return f"Enter a date of birth when the mother was {YOUNGEST_MOTHER} or older."
    return None


def is_near_delivery(born_on: date, gave_birth_on: date | None) -> bool:
    """Whether an infant is of this delivery: two days either way. True when none is known."""
    return gave_birth_on is None or abs(born_on - gave_birth_on) <= DAYS_AROUND_DELIVERY
