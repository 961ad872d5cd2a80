"""This file is about when she is reminded of a private link, and when it becomes a call."""

from datetime import datetime

from clinic.messages.rules import Reminders


def reminder_now(
    reminders: Reminders | None, sent_at: datetime, opened_at: datetime | None, now: datetime
) -> int | None:
    """The number of the reminder that is due, the latest one, from 1; None: none is, or she has
    opened it, or the clinic sends none."""
    if reminders is None or opened_at is not None:
        return None
    due = [n for n in range(1, reminders.count + 1) if reminders.due_at(sent_at, n) <= now]
    return due[-1] if due else None


def becomes_a_call(
    reminders: Reminders | None, sent_at: datetime, opened_at: datetime | None, now: datetime
) -> bool:
    """Whether nobody waits for her any more: not opened one span after the last reminder."""
    if reminders is None or opened_at is not None:
        return False
    return reminders.due_at(sent_at, reminders.count + 1) <= now
