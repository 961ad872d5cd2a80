"""This file is about sign-in as arithmetic: names, pauses, limits of a sitting, safe addresses."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

EMAIL = re.compile(r"[^\s@<>\"',;:\\]+@[^\s@<>\"',;:\\]+\.[^\s@<>\"',;:\\.]+")
LONGEST_EMAIL = 254
LONGEST_ADDRESS = 2000
SHORTEST_PASSWORD = 15
SHORTEST_WITH_SECOND_FACTOR = 8
LONGEST_PASSWORD = 128

TRIES_PER_PERSON = 5
TRIES_PER_ADDRESS = 20  # a whole clinic may stand behind one address
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)

SEEN_AT_MOST_EVERY = timedelta(minutes=1)
NO_TIME = timedelta(0)


@dataclass(frozen=True)
class Verdict:
    """What the counts say about a try.

    paused: how long still to wait; the try is refused unread when it is not zero.
    tries_left, pause: what follows should this try be wrong.
    """

    paused: timedelta = NO_TIME
    tries_left: int = 0
    pause: timedelta = NO_TIME


@dataclass
class Attempt:
    """A try to prove who one is: what it counts against, and how it ended.

    person_key, address_key: hashes of who and from where. limits: tries before the first pause,
    by key. verdict None: not counted yet.
    """

    person_key: str
    address_key: str | None
    limits: Mapping[str, int]
    verdict: Verdict | None = None
    person_id: UUID | None = None
    was_right: bool = False


def normalised_email(typed: str) -> str:
    """One spelling for one person: look-alikes in width, case and white space are the same name."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).strip().casefold())


def is_email(normalised: str) -> bool:
    """Whether a normalised text can be an email address: visible characters around one @."""
    visible = normalised.isprintable() and len(normalised) <= LONGEST_EMAIL
    return visible and EMAIL.fullmatch(normalised) is not None


def pause_after(failures: int, tries: int) -> timedelta:
    """The pause after a wrong try: none before `tries`, then 30 s, doubling, at most 15 min."""
    if failures < tries:
        return NO_TIME
    doublings = min(failures - tries, 10)
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def pause_in_words(pause: timedelta) -> str:
    """`30 s`, `2 min`: rounded up, never shorter than it is."""
    seconds = -(-pause // timedelta(seconds=1))
    return f"{seconds} s" if seconds < 120 else f"{-(-seconds // 60)} min"


def tries_in_words(tries_left: int, pause: timedelta) -> str:
    """What a wrong try is told about the next one."""
    if tries_left <= 0:
        return f"Wait {pause_in_words(pause)}, then try again."
    left = "1 try" if tries_left == 1 else f"{tries_left} tries"
    return f"{left} left, then a {pause_in_words(FIRST_PAUSE)} pause."


def is_over(
    now: datetime,
    *,
    created_at: datetime,
    seen_at: datetime,
    idle: timedelta | None,
    absolute: timedelta,
) -> bool:
    """Whether a sitting has ended by itself: unused for `idle`, or begun `absolute` ago.

    `idle` None: nobody is signed in, so there is nothing to leave open.
    """
    return now - created_at >= absolute or (idle is not None and now - seen_at >= idle)


def worth_noting(now: datetime, seen_at: datetime, idle: timedelta) -> bool:
    """Whether a use is written down: once a minute, more often where the idle limit is short."""
    return now - seen_at >= min(SEEN_AT_MOST_EVERY, idle / 10)


def is_own_address(target: str) -> bool:
    """Whether a redirect stays here: a path of ours, whatever a browser makes of it.

    Browsers strip tabs and line ends and read a backslash as a slash, so none may occur.
    """
    if not target.startswith("/") or target.startswith("//") or len(target) > LONGEST_ADDRESS:
        return False
    if "\\" in target or not target.isascii() or not target.isprintable() or " " in target:
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and "//" not in parts.path
