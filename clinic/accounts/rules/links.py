"""This file is about one-time links as rules: how a token looks, how long it opens something."""

import base64
from datetime import datetime, timedelta
from enum import StrEnum

TOKEN_BYTES = 16  # 128 bits, which a person can still type
GROUP = 5


class LinkKind(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new-password"  # noqa: S105 - the name of a kind


WORKS_FOR = {
    LinkKind.INVITATION: timedelta(days=7),
    LinkKind.NEW_PASSWORD: timedelta(hours=2),
}
FROM_THE_CONSOLE = timedelta(hours=24)


def as_token(secret: bytes) -> str:
    """Random bytes as 26 letters and digits that cannot be mistaken for each other."""
    return base64.b32encode(secret).decode().rstrip("=").lower()


def in_groups(token: str) -> str:
    """A token as it is read out or typed: `abcde-fghij-…`."""
    return "-".join(token[at : at + GROUP] for at in range(0, len(token), GROUP))


def typed_token(typed: str) -> str:
    """What somebody typed, in the one spelling that is hashed: an 8 there is a B, a 0 an O."""
    plain = "".join(letter for letter in typed if letter.isalnum()).lower()
    return plain.translate(str.maketrans("018", "olb"))


def is_open(
    now: datetime, *, expires_at: datetime, used_at: datetime | None, withdrawn_at: datetime | None
) -> bool:
    """Whether a link still lets somebody in: once, in time, and not taken back."""
    return used_at is None and withdrawn_at is None and now < expires_at
