"""This file is about women whom nobody reaches, of whom a psychiatrist is told."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from clinic.followups.rules.codes import State
from clinic.followups.rules.due import Due
from clinic.sessions.rules.moments import whole_minute

OVER = (State.DONE, State.MISSED, State.OVERDUE)


def missed_in_a_row(dues: Sequence[Due], wanted: int | None) -> list[Due]:
    """The last follow-ups of a course that nobody reached her in, oldest first.

    Empty below `wanted`, and when that is not set. One that is still open in its window says
    nothing yet; one that was done ends the row.
    """
    if wanted is None:
        return []
    over = [due for due in dues if due.state in OVER]
    run = list(takewhile(lambda due: due.state is not State.DONE, reversed(over)))[::-1]
    return run if len(run) >= wanted else []


def is_unreached(due: Due, tried_at: Sequence[datetime], most: int | None) -> bool:
    """Whether an open follow-up had `most` tries without an answer in its window; None: not set."""
    if most is None or not due.state.is_open:
        return False
    inside = [at for at in tried_at if due.opens_at <= whole_minute(at) <= due.closes_at]
    return len(inside) >= most
