"""This file is about who else writes in an evaluation now; never what stands in their drafts."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic.core import clock, drafts
from clinic.courses.models import Course

ROOM, OPEN = "evaluation", "evaluation-open"
HERE = timedelta(minutes=2)  # a page that is open says so every minute


@dataclass(frozen=True)
class Writing:
    """Somebody else has a section open (`editing`), or left a draft in it at `saved_at`."""

    author_id: uuid.UUID
    saved_at: datetime
    editing: bool


def draft_kind(section_code: str) -> str:
    """Under which name the drafts of a section are kept."""
    return f"{ROOM}.{section_code}"


def open_kind(section_code: str) -> str:
    """Under which name it is kept that somebody has a section open."""
    return f"{OPEN}.{section_code}"


def others_writing(course: Course) -> dict[str, list[Writing]]:
    """Section -> who else has it open, or has a draft of it, oldest first."""
    found: dict[str, dict[uuid.UUID, Writing]] = {}
    for written in drafts.written_by_others(course.id):
        room, _, section = written.kind.partition(".")
        fresh = clock.now() - written.saved_at < HERE
        if room != ROOM and not (room == OPEN and fresh):
            continue
        people = found.setdefault(section, {})
        before = people.get(written.author_id)
        editing = fresh or bool(before and before.editing)
        people[written.author_id] = Writing(written.author_id, written.saved_at, editing)
    return {section: list(people.values()) for section, people in found.items()}
