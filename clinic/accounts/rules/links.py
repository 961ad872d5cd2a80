"""This file is about one-time links as rules: what each is for, how long it opens something."""

from datetime import datetime, timedelta
from enum import StrEnum


class LinkKind(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new-password"  # noqa: S105 - the name of a kind


WORKS_FOR = {
    LinkKind.INVITATION: timedelta(days=7),
    LinkKind.NEW_PASSWORD: timedelta(hours=2),
}
FIRST_PERSON = timedelta(hours=24)  # whoever sees the console could be that person


def is_open(
    now: datetime, *, expires_at: datetime, used_at: datetime | None, withdrawn_at: datetime | None
) -> bool:
    """Whether a link still lets somebody in: once, in time, and not taken back."""
    return used_at is None and withdrawn_at is None and now < expires_at
