"""This file is about moving a follow-up, or saying why it was missed."""

import uuid
from datetime import datetime
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.formatting import at_moment
from clinic.courses.queries import course_or_raise, protocol_of
from clinic.followups import queries
from clinic.followups.models import FollowUp
from clinic.followups.rules import Due, State, Status, is_waking


def move(
    course_id: uuid.UUID, due: Due, *, to: datetime, reason: str, confirmed: bool = False
) -> FollowUp:
    """Put a follow-up to another time. `confirmed`: out of its window or her waking hours, as the
    reason says.

    Raises Unprocessable (`moved_to_at`, `confirmed`), and Conflict when it is done or missed.
    """
    refuse_when_settled(due)
    if to <= clock.now():
        raise Unprocessable({"moved_to_at": ["Enter a time that is still to come."]})
    if not confirmed and (question := outside(course_id, due, to)):
        raise Unprocessable({"confirmed": [question]})
    return written(
        course_id,
        due,
        {
            "status": Status.MOVED,
            "moved_to_at": to,
            "reason": reason,
            "decided_at": clock.now(),
        },
    )


def outside(course_id: uuid.UUID, due: Due, to: datetime) -> str | None:
    """What is unusual about a new time, as a sentence, or None."""
    window = due.planned
    if not window.opens_at <= to <= window.closes_at:
        ends = f"{at_moment(window.opens_at)} to {at_moment(window.closes_at)}"
        return f"This is outside the window, {ends}. Say in the reason why, and confirm."
    if due.by == "call" and not is_waking(to, protocol_of(course_id).contact, acting().timezone):
        return "Nobody is called at that hour. Say in the reason why, and confirm."
    return None


def give_up(course_id: uuid.UUID, due: Due, *, reason: str) -> FollowUp:
    """Say why a follow-up was missed. Raises Conflict while its window is open, or once settled."""
    refuse_when_settled(due)
    if due.state is not State.OVERDUE:
        raise Conflict(f"Its window is open until {at_moment(due.closes_at)}. Try, or move it.")
    return written(
        course_id,
        due,
        {
            "status": Status.MISSED,
            "moved_to_at": None,
            "reason": reason,
            "decided_at": clock.now(),
        },
    )


def refuse_when_settled(due: Due) -> None:
    """Raise Conflict when somebody has done it, or given it up."""
    if not due.state.is_open:
        raise Conflict(f"This follow-up is {due.state} already. Nothing was changed.")


def written(course_id: uuid.UUID, due: Due, says: dict[str, Any]) -> FollowUp:
    """The row of a follow-up with what it says now; made when it is not there yet."""
    row = queries.row_of(course_id, due)
    if row is None:
        row = FollowUp(
            patient_id=course_or_raise(course_id).patient_id,
            course_id=course_id,
            session_id=due.session_id,
            code=due.code,
            due_at=due.due_at,
        )
        db.session.add(row)
    for name, value in says.items():
        setattr(row, name, value)
    row.owner_id = acting().actor_id
    db.session.flush()
    return row
