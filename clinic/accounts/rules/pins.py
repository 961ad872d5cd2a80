"""This file is about PINs of a shared tablet: which will do, how often one may be wrong."""

from datetime import datetime, timedelta
from itertools import pairwise

SHORTEST_PIN = 4
LONGEST_PIN = 6
WRONG_PINS = 4  # then the password is needed
OLDEST_YEAR = 1900
DOWN_THE_MIDDLE = ("2580", "0852")  # the column of the keypad: among the commonest of all


def pin_weakness(pin: str, this_year: int) -> str | None:
    """Why a PIN will not do, in a sentence, or None when it will."""
    if not is_pin(pin):
        return f"Use {SHORTEST_PIN} to {LONGEST_PIN} digits."
    if is_repeat(pin) or is_run(pin) or pin in DOWN_THE_MIDDLE:
        return "This is easy to guess: no repeats such as 4444 or 1212, no runs such as 4567."
    if is_year(pin, this_year):
        return "This looks like a year. Choose digits that say nothing about you."
    return None


def is_pin(typed: str) -> bool:
    """Whether a text can be a PIN at all: four to six digits from 0 to 9."""
    return typed.isascii() and typed.isdigit() and SHORTEST_PIN <= len(typed) <= LONGEST_PIN


def is_repeat(pin: str) -> bool:
    """One part over and over: 1111, 1212, 123123."""
    length = len(pin)
    return any(
        pin == pin[:part] * (length // part) for part in range(1, length) if length % part == 0
    )


def is_run(pin: str) -> bool:
    """Up or down by one, past nine to nought as the keypad has it: 1234, 7890, 4321."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def is_year(pin: str, this_year: int) -> bool:
    """A year in which somebody alive was born, alone or with its month: 1994, 199405, 051994."""
    if len(pin) == SHORTEST_PIN:
        return OLDEST_YEAR <= int(pin) <= this_year
    pairs = [(pin[:4], pin[4:]), (pin[2:], pin[:2])] if len(pin) == LONGEST_PIN else []
    return any(OLDEST_YEAR <= int(y) <= this_year and 1 <= int(m) <= 12 for y, m in pairs)


def is_known(signed_in_at: datetime, now: datetime, shift: timedelta) -> bool:
    """Whether somebody who signed in with a password then may still come back by PIN."""
    return now - signed_in_at < shift


def wrong_pin_in_words(wrong: int) -> str:
    """What somebody is told after the `wrong`th wrong PIN in a row."""
    left = WRONG_PINS - wrong
    if left <= 0:
        return "PIN is not right. Sign in with the password now."
    return f"PIN is not right, {'1 try' if left == 1 else f'{left} tries'} left."
