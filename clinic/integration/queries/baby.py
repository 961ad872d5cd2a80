"""This file is about mother and baby: weights, bonding, and each dose with the milk around it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.queries import infants_of_course
from clinic.followups.queries import contacts_of
from clinic.followups.rules import Reply
from clinic.followups.rules.answers import INFANT
from clinic.instruments.queries import responses_of
from clinic.integration.models import MilkEntry
from clinic.integration.queries.beside import given_doses
from clinic.integration.rules import Given, MilkEvent
from clinic.patients.models import Infant, InfantMeasure
from clinic.patients.queries import measures_of
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import state_of
from clinic.sessions.rules.results import ItemState

BONDING = ("PBQ", "MIBS")
COVER = "infant-cover"
IN_ROOM = "baby-in-room"


@dataclass(frozen=True)
class Bond:
    """The total of a bonding scale at a moment; None when there is none."""

    scale: str
    at: datetime
    total: int | None


@dataclass(frozen=True)
class Check:
    """What was said of the infant at the next contact: question -> reply in words."""

    at: datetime
    replies: tuple[tuple[str, str], ...]
    concerned: bool


@dataclass(frozen=True)
class AroundDose:
    """One dose, who has the baby during the session and tonight, milk, and the next check."""

    dose: Given
    in_room: ItemState | None
    cover: ItemState | None
    cover_at_leaving: ItemState | None
    last_feed: MilkEntry | None
    first_feed: MilkEntry | None
    expressed: tuple[MilkEntry, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Growth:
    """One infant with its weights and feeding, oldest first."""

    infant: Infant
    measures: tuple[InfantMeasure, ...]


def growth_of(course: Course) -> list[Growth]:
    """The infants of a course with what was measured."""
    infants = infants_of_course(course)
    measures = measures_of(infant.id for infant in infants)
    return [Growth(one, tuple(measures.get(one.id, ()))) for one in infants]


def bonding_of(course_id: uuid.UUID) -> list[Bond]:
    """Totals of bonding scales, oldest first."""
    return [
        Bond(use.response.instrument_code, use.response.answered_at, use.score.total)
        for use in responses_of(course_id)
        if use.response.instrument_code in BONDING
    ]


def milk_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[MilkEntry]]:
    """Session -> lines of its milk log that count, by time."""
    wanted = select(MilkEntry).where(MilkEntry.session_id.in_(set(session_ids)))
    rows = db.session.scalars(wanted.order_by(MilkEntry.happened_at, MilkEntry.id)).all()
    corrected = {row.corrects_id for row in rows}
    found: dict[uuid.UUID, list[MilkEntry]] = defaultdict(list)
    for row in rows:
        if row.id not in corrected and not row.withdrawn:
            found[row.session_id].append(row)
    return dict(found)


def t0_of(session: TreatmentSession) -> datetime | None:
    """When the drug of a session was first given, or None."""
    doses = given_doses(session.course_id)
    return next((dose.t0 for dose in doses if dose.session_id == session.id), None)


def around_doses(course: Course, doses: list[Given], now: datetime) -> list[AroundDose]:
    """Each dose of a course with what stands around it, newest first."""
    milk, checks = milk_of(dose.session_id for dose in doses), checks_of(course.id)
    return [
        around(dose, milk.get(dose.session_id, []), checks.get(dose.session_id, []), now)
        for dose in reversed(doses)
    ]


def around(dose: Given, milk: list[MilkEntry], checks: list[Check], now: datetime) -> AroundDose:
    """One dose."""
    state = state_of(db.session.get_one(TreatmentSession, dose.session_id), now)
    before = {item.code: item for item in state.pre_dose_items}
    leaving = {item.code: item for item in state.discharge_items}
    last = [line for line in milk if line.event is MilkEvent.LAST_FEED]
    first = [line for line in milk if line.event is MilkEvent.FIRST_FEED]
    return AroundDose(
        dose=dose,
        in_room=before.get(IN_ROOM),
        cover=before.get(COVER),
        cover_at_leaving=leaving.get(COVER),
        last_feed=last[-1] if last else None,
        first_feed=first[0] if first else None,
        expressed=tuple(line for line in milk if line.event is MilkEvent.EXPRESSED),
        checks=tuple(checks),
    )


def checks_of(course_id: uuid.UUID) -> dict[uuid.UUID, list[Check]]:
    """Session -> what was said of the infant at its contacts."""
    found: dict[uuid.UUID, list[Check]] = defaultdict(list)
    for made in contacts_of(course_id):
        said = made.answers.replies
        replies = [(q.text, said[q.code]) for q in INFANT if q.code in said]
        if replies and made.contact.session_id:
            concerned = any(reply is not Reply.NO for _, reply in replies)
            words = tuple((text, str(reply).replace("-", " ")) for text, reply in replies)
            found[made.contact.session_id].append(
                Check(made.contact.contacted_at, words, concerned)
            )
    return dict(found)
