"""This file is about how the acting clinic sends, and the numbers it gives her to call."""

from dataclasses import dataclass
from datetime import time

from flask import current_app
from sqlalchemy import select

from clinic.core.db import db
from clinic.messages.models import MessageSettings
from clinic.messages.rules import Numbers, QuietHours, Reminders


@dataclass(frozen=True)
class Settings:
    """What a clinic set; None where it has not."""

    sender: str | None
    quiet: QuietHours | None
    reminders: Reminders | None
    link_hours: int | None
    answers_read: str | None
    numbers: Numbers


def settings_row() -> MessageSettings | None:
    """The clinic's own row, None before an administrator saved any."""
    return db.session.scalar(select(MessageSettings))


def settings() -> Settings:
    """How the acting clinic sends messages."""
    row = settings_row()
    if row is None:
        return Settings(None, None, None, None, None, Numbers())
    return Settings(
        sender=row.sender,
        quiet=quiet_of(row),
        reminders=reminders_of(row),
        link_hours=row.link_hours,
        answers_read=row.answers_read,
        numbers=numbers_of(row),
    )


def quiet_of(row: MessageSettings) -> QuietHours | None:
    """Her quiet hours."""
    if row.quiet_from is None or row.quiet_until is None:
        return None
    return QuietHours(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until))


def reminders_of(row: MessageSettings) -> Reminders | None:
    """How she is reminded."""
    if row.reminder_count is None or row.reminder_hours is None:
        return None
    return Reminders(row.reminder_count, row.reminder_hours)


def numbers_of(row: MessageSettings) -> Numbers:
    """The numbers to call."""
    return Numbers(
        clinic_line=row.clinic_line,
        clinic_hours=row.clinic_hours,
        crisis_line=row.crisis_line,
        crisis_note=row.crisis_note,
        emergency=row.emergency,
    )


def numbers() -> Numbers:
    """The numbers that a woman of the acting clinic is given to call."""
    return settings().numbers


def public_address() -> str | None:
    """Under which address her phone reaches this server, without a slash at its end."""
    address: str | None = current_app.config["PUBLIC_URL"]
    return address
