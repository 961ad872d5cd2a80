"""This file is about her answers: each stored at once, a changed one beside the former."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses.queries import course_or_raise
from clinic.links import parts as kinds
from clinic.links.actions.scales import store_scale
from clinic.links.actions.sending import is_running, locked
from clinic.links.models import LinkAnswer, PrivateLink
from clinic.links.queries import Asked, answers_of, questions_of
from clinic.links.queries.links import MESSAGE
from clinic.links.rules import SCALE, Kind, Support, parts_from_json, subject_of
from clinic.messages.actions import withdraw_messages

LONGEST = 2000


class LinkEnded(Conflict):
    """The link opens nothing any more."""

    def __init__(self) -> None:
        super().__init__("This link has ended.")


@dataclass(frozen=True)
class Answering:
    """A link that nobody else answers meanwhile, with what it asks and what was said so far."""

    link: PrivateLink
    asked: list[Asked]
    given: list[LinkAnswer]

    def of_part(self, part: int) -> dict[str, str | None]:
        """What was said in one part, the newest answer to each question."""
        return {one.question: one.value for one in self.given if one.part == part}

    def is_done(self, part: int) -> bool:
        """Whether every question of a part was answered or skipped."""
        said = self.of_part(part)
        return all(one.question.code in said for one in self.asked if one.part == part)

    def has_told(self, part: int) -> bool:
        """Whether an answer of a part asked for support, so that it is with its room already."""
        return any(one.support is not None for one in self.given if one.part == part)

    def newest(self, asked: Asked) -> LinkAnswer | None:
        """The newest answer to a question."""
        same = [
            one
            for one in self.given
            if (one.part, one.question) == (asked.part, asked.question.code)
        ]
        return same[-1] if same else None


def open_link(link_id: uuid.UUID) -> None:
    """Note that she began. Opening its first page does not: programs that read mail do that."""
    link = begun(link_id).link
    if link.opened_at is None:
        link.opened_at = clock.now()
        db.session.flush()


def begun(link_id: uuid.UUID) -> Answering:
    """A link on which she may answer. Raises LinkEnded."""
    link = locked(link_id)
    asked = questions_of(link)
    if not is_running(link) or not asked:
        raise LinkEnded
    return Answering(link, asked, answers_of([link.id])[link.id])


def answer(link_id: uuid.UUID, place: int, value: str | None) -> Support | None:
    """Store the answer at a place, counted from 0; says what it asks for at once.

    None skips the question. The same answer sent twice is stored once. Raises LinkEnded;
    LookupError for a place that is not there; Unprocessable (field `answer`) for no answer of this
    question.
    """
    state = begun(link_id)
    if not 0 <= place < len(state.asked):
        raise LookupError(place)
    asked = state.asked[place]
    value = checked(asked, value)
    before = state.newest(asked)
    if before is not None and before.value == value:
        return before.support
    changes_what_is_stored = before is not None and state.has_told(asked.part)
    row = added(state, asked, value)
    if row.support is not None or state.is_done(asked.part) or changes_what_is_stored:
        store(state, asked.part)
    return row.support


def checked(asked: Asked, value: str | None) -> str | None:
    """An answer that fits its question. Raises Unprocessable."""
    question = asked.question
    if value is None:
        if not question.may_skip:
            raise Unprocessable({"answer": ["Please answer this one to go on."]})
        return None
    if question.kind in (Kind.CHOICE, Kind.READ) and question.choice(value) is None:
        raise Unprocessable({"answer": ["Choose one of the answers."]})
    if len(value) > LONGEST:
        raise Unprocessable({"answer": [f"Use at most {LONGEST} letters."]})
    return value


def added(state: Answering, asked: Asked, value: str | None) -> LinkAnswer:
    """Write one answer down beside the former ones."""
    choice = asked.question.choice(value)
    row = LinkAnswer(
        patient_id=state.link.patient_id,
        link_id=state.link.id,
        seq=len(state.given) + 1,
        part=asked.part,
        question=asked.question.code,
        value=value,
        support=choice.support if choice else None,
        answered_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    state.given.append(row)
    return row


def store(state: Answering, part: int) -> None:
    """Hand the answers of a part to the room they belong to."""
    link, given = state.link, state.of_part(part)
    ref = parts_from_json(link.parts)[part]
    if ref.kind == SCALE:
        store_scale(link, part, ref, given)
        return
    course, about = course_or_raise(link.course_id), subject_of(link.subject)
    kinds.KINDS[ref.kind].store(course, about, given, finished=state.is_done(part))


def finish(link_id: uuid.UUID) -> None:
    """She is done: what she did not reach is skipped, and the link opens nothing any more."""
    state = begun(link_id)
    for part in sorted({one.part for one in state.asked}):
        if not state.is_done(part):
            skip_rest(state, [one for one in state.asked if one.part == part])
            store(state, part)
    state.link.finished_at = clock.now()
    withdraw_messages(MESSAGE.format(link_id))
    db.session.flush()


def skip_rest(state: Answering, asked: Sequence[Asked]) -> None:
    """Write down that the rest of a part was skipped."""
    for one in asked:
        if state.newest(one) is None:
            added(state, one, None)
