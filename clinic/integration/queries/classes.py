"""This file is about what was answered last when classes of medicines were asked before a dose."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from clinic.accounts.queries import names_of
from clinic.courses.rules import DrugClass
from clinic.sessions.queries import of_course, state_of
from clinic.sessions.rules.log import Answer

FAR_ENOUGH = 3  # sessions looked into, newest first; older answers say nothing of today


@dataclass(frozen=True)
class LastAsked:
    """The last answer to the item of one class: when, by whom it was written."""

    answer: Answer
    at: datetime
    by: str


def last_asked(course_id: uuid.UUID, now: datetime) -> dict[DrugClass, LastAsked]:
    """Class -> the last answer before a dose of this course; never asked: not there."""
    asked = {code: cls for cls in DrugClass if (code := cls.pre_dose_item)}
    found: dict[DrugClass, tuple[Answer, datetime, uuid.UUID | None]] = {}
    for session in reversed(of_course(course_id)[-FAR_ENOUGH:]):
        for item in state_of(session, now).pre_dose_items:
            cls = asked.get(item.code)
            if cls and cls not in found and item.answer is not None and item.answered_at:
                found[cls] = (item.answer, item.answered_at, item.answered_by)
    names = names_of([who for _, _, who in found.values() if who])
    return {
        cls: LastAsked(answer, at, names.get(who, "") if who else "")
        for cls, (answer, at, who) in found.items()
    }
