"""This file is about follow-ups missed one after the other, of which a psychiatrist is told."""

from collections.abc import Sequence
from itertools import takewhile

from clinic.followups.rules.codes import State
from clinic.followups.rules.due import Due

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
