"""This file is about what needs a response: safety answers and concerns, each with its clock."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select

from clinic.accounts.models import Duty
from clinic.accounts.queries.duties import named_around
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.courses.queries import protocol_of
from clinic.followups.models import Taken
from clinic.followups.queries.contacts import OpenConcern, open_concerns
from clinic.followups.rules import How
from clinic.followups.rules.clocks import Clock, Step, clock_of_answer, minutes_left
from clinic.instruments.models import Way
from clinic.instruments.queries import Unreviewed, open_safety
from clinic.instruments.rules.promise import NOT_SET, ResponseMinutes
from clinic.patients.models import Patient
from clinic.protocols.rules import Protocol
from clinic.sessions.rules.moments import end_of_local_day


class Subject(StrEnum):
    """What somebody answers in writing."""

    SCALE = "scale"
    CONTACT = "contact"


@dataclass(frozen=True)
class NeedsResponse:
    """One woman's answers that a person must respond to in writing.

    `id`: that of the answers, or of the contact; `first_id`: of its first version. `by_herself`:
    nobody of the clinic heard them.
    """

    subject: Subject
    id: uuid.UUID
    course_id: uuid.UUID
    patient: Patient
    words: list[str]
    author_id: uuid.UUID
    answered_at: datetime
    by_herself: bool
    clock: Clock
    taken: Taken | None
    first_id: uuid.UUID
    now: datetime

    @property
    def key(self) -> str:
        """Names it for ever, whatever is corrected later."""
        return f"{self.subject}:{self.first_id}"

    @property
    def told(self) -> list[Step]:
        """Who was told so far, the first one first."""
        return self.clock.told(self.now)

    @property
    def next_told(self) -> Step | None:
        """Who is told next if nobody acts."""
        return self.clock.next_told(self.now)

    @property
    def left(self) -> int | None:
        """Whole minutes until it is due, below 0 past it; None: no time is set."""
        return None if self.due_at is None else minutes_left(self.due_at, self.now)

    @property
    def owner_id(self) -> uuid.UUID | None:
        """Who took it on, else who was told first; None: nobody."""
        if self.taken is not None:
            return self.taken.owner_id
        return self.told[0].user_id if self.told else None

    @property
    def due_at(self) -> datetime | None:
        """By when it is answered; None: no time is set."""
        return self.clock.due_at

    @property
    def people(self) -> set[uuid.UUID]:
        """Everybody whose name a card shows."""
        named = {self.author_id, *(step.user_id for step in self.told)}
        more = {self.owner_id, self.next_told.user_id if self.next_told else None}
        return named | {one for one in more if one is not None}


@dataclass(frozen=True)
class _Told:
    """What every item is read against: who holds which duty, who took on what, now."""

    cover: Sequence[Duty]
    taken: Sequence[Taken]
    now: datetime

    def by(self, ids: set[uuid.UUID]) -> Taken | None:
        """Who took on last what has one of these ids."""
        mine = [one for one in self.taken if ids & {one.response_id, one.contact_id}]
        return mine[-1] if mine else None


def needing_response(now: datetime) -> list[NeedsResponse]:
    """Everything that waits for a written response, what is due first on top; without a time set,
    by when it came."""
    return responses_to_write(open_safety(), open_concerns(), now)


def responses_to_write(
    safety: Sequence[Unreviewed], concerns: Sequence[OpenConcern], now: datetime
) -> list[NeedsResponse]:
    """The same for these alone."""
    moments = [row.since for row in safety]
    moments += [concern.made.contact.recorded_at for concern in concerns]
    if not moments:
        return []
    told = _Told(named_around(min(moments)), taken_by_now(safety, concerns), now)
    found = [of_answers(row, told) for row in safety]
    found += [of_concern(concern, told) for concern in concerns]
    return sorted(found, key=lambda one: (one.due_at or one.clock.since, one.clock.since, one.id))


def of_answers(row: Unreviewed, told: _Told) -> NeedsResponse:
    """Safety answers of a scale. An item that was only skipped is a task of the same day."""
    response = row.use.response
    protocol = protocol_of(response.course_id)
    minutes, after = minutes_of(protocol), next_minutes_of(protocol)
    clock = clock_of_answer(told.cover, row.since, minutes, after, told.now)
    if all(answer.finding.skipped for answer in row.use.open):
        clock = replace(clock, due_at=end_of_local_day(row.since, acting().timezone))
    return NeedsResponse(
        subject=Subject.SCALE,
        id=response.id,
        course_id=response.course_id,
        patient=row.patient,
        words=row.words,
        author_id=response.author_id,
        answered_at=response.answered_at,
        by_herself=response.way in (Way.LINK, Way.TABLET),
        clock=clock,
        taken=told.by({version.id for version in row.use.versions}),
        first_id=row.use.versions[0].id,
        now=told.now,
    )


def of_concern(concern: OpenConcern, told: _Told) -> NeedsResponse:
    """Concerns of a contact; until when they are answered was set as it was written."""
    contact = concern.made.contact
    after = next_minutes_of(protocol_of(contact.course_id))
    clock = clock_of_answer(told.cover, contact.recorded_at, NOT_SET, after, told.now)
    return NeedsResponse(
        subject=Subject.CONTACT,
        id=contact.id,
        course_id=contact.course_id,
        patient=concern.patient,
        words=[one.text for one in concern.made.concerns],
        author_id=contact.author_id,
        answered_at=contact.contacted_at,
        by_herself=contact.how is How.LINK,
        clock=replace(clock, due_at=concern.answer_by_at),
        taken=told.by({contact.id, *(row.id for row in concern.made.earlier)}),
        first_id=next(iter(concern.made.earlier), contact).id,
        now=told.now,
    )


def taken_by_now(safety: Iterable[Unreviewed], concerns: Iterable[OpenConcern]) -> Sequence[Taken]:
    """Who took on any of these, oldest first."""
    responses = {version.id for row in safety for version in row.use.versions}
    contacts = {concern.made.contact.id for concern in concerns}
    contacts |= {row.id for concern in concerns for row in concern.made.earlier}
    found = select(Taken).where(
        or_(Taken.response_id.in_(responses), Taken.contact_id.in_(contacts))
    )
    return db.session.scalars(found.order_by(Taken.taken_at, Taken.id)).all()


def minutes_of(protocol: Protocol) -> ResponseMinutes:
    """Within how many minutes of a risk answer she is called, as a protocol says it."""
    risk = protocol.risk_answers
    return ResponseMinutes(risk.in_hours_minutes, risk.after_hours_minutes) if risk else NOT_SET


def next_minutes_of(protocol: Protocol) -> int | None:
    """After how many minutes the next person is told."""
    return protocol.risk_answers.next_minutes if protocol.risk_answers else None
