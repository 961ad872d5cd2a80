"""This file is about one session as an inspector reads it: its log, what followed, its trail."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent
from clinic.core.audit.reading import Event, event_of
from clinic.core.db import db
from clinic.core.records import numbers_of
from clinic.core.signatures import DocumentVersion
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import SessionPlan
from clinic.sessions.models import Countersignature, SessionReview, TreatmentSession
from clinic.sessions.queries import (
    amendments_of,
    entries_of,
    of_patient,
    plan_of,
    reports_of,
    state_of,
    version_of,
)
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.log import Entry, Handover, Order, kind_of
from clinic.sessions.rules.reporting import Report

MOST_EVENTS = 1000


@dataclass(frozen=True)
class Written:
    """One entry as it was written. `corrects`: the number of the one that it corrects."""

    entry: Entry
    kind: str
    corrects: int | None


@dataclass(frozen=True)
class Inspection:
    """One session with everything that was written of it. `more`: there are further events."""

    session: TreatmentSession
    number: str
    protocol: ProtocolVersion
    plan: SessionPlan
    state: SessionState
    written: tuple[Written, ...]
    documents: Sequence[DocumentVersion]
    countersignatures: Sequence[Countersignature]
    reviews: Sequence[SessionReview]
    amendments: tuple[Amended, ...]
    reports: list[Report]
    events: list[Event]
    more: bool

    @property
    def corrections(self) -> tuple[Written, ...]:
        """The entries that correct another."""
        return tuple(one for one in self.written if one.entry.corrects_id)

    @property
    def late(self) -> tuple[Written, ...]:
        """The entries that were written more than the time of a late entry after they happened."""
        roots = {line.root_id for line in self.state.log if line.late}
        return tuple(one for one in self.written if one.entry.id in roots)

    def words(self, names: Mapping[uuid.UUID, str]) -> dict[Any, str]:
        """Codes of terms and items, ids of side effects and of people, as they are read."""
        terms = {term.code: term.text for term in self.plan.side_effects.terms}
        items = {one.code: one.text for one in (*self.plan.pre_dose, *self.plan.discharge.items)}
        effects = {effect.onset_id: effect.text for effect in self.state.side_effects}
        return {**terms, **items, **effects, **names}

    def people(self) -> set[uuid.UUID]:
        """Everybody whose name stands in it."""
        wrote = {one.entry.author_id for one in self.written}
        wrote |= {one.author_id for one in self.amendments}
        wrote |= named_in(one.entry for one in self.written)
        wrote |= {one.author_id for one in self.reports}
        wrote |= {one.author_id for one in self.countersignatures}
        wrote |= {one.author_id for one in self.reviews}
        wrote |= {event.actor_id for event in self.events if event.actor_id}
        return wrote | {p for p in (self.session.ordered_by_id, self.session.responsible_id) if p}


def named_in(entries: Iterable[Entry]) -> set[uuid.UUID]:
    """To whom a session was offered, and who ordered by phone."""
    found = {
        e.to_id if isinstance(e, Handover) else e.ordered_by_id
        for e in entries
        if isinstance(e, Handover | Order)
    }
    return {person for person in found if person}


def inspection_of(session: TreatmentSession) -> Inspection:
    """A session for an inspector, as it stands now."""
    now, entries = clock.now(), entries_of(session.id)
    events = events_of(session)
    return Inspection(
        session=session,
        number=numbers_of([session.patient_id])[session.patient_id],
        protocol=version_of(session),
        plan=plan_of(session),
        state=state_of(session, now),
        written=tuple(as_written(entries)),
        documents=documents_of(session),
        countersignatures=countersignatures_of(session.id),
        reviews=reviews_of(session.id),
        amendments=amendments_of([session.id]).get(session.id, ()),
        reports=reports_of([session.id]).get(session.id, []),
        events=events[:MOST_EVENTS],
        more=len(events) > MOST_EVENTS,
    )


def as_written(entries: list[Entry]) -> list[Written]:
    """Entries in the order in which they arrived."""
    numbers = {entry.id: entry.log_seq for entry in entries}
    ordered = sorted(entries, key=lambda entry: entry.log_seq)
    return [
        Written(
            entry, kind_of(entry), numbers.get(entry.corrects_id) if entry.corrects_id else None
        )
        for entry in ordered
    ]


def documents_of(session: TreatmentSession) -> Sequence[DocumentVersion]:
    """All that was signed of a session, oldest first."""
    about = or_(
        DocumentVersion.subject_id == session.id,
        DocumentVersion.body.contains(str(session.id), autoescape=True),
    )
    hers = select(DocumentVersion).where(DocumentVersion.patient_id == session.patient_id, about)
    return db.session.scalars(hers.order_by(DocumentVersion.signed_at, DocumentVersion.id)).all()


def countersignatures_of(session_id: uuid.UUID) -> Sequence[Countersignature]:
    """Who stood by an order that was given by phone."""
    its = select(Countersignature).where(Countersignature.session_id == session_id)
    return db.session.scalars(its.order_by(Countersignature.recorded_at)).all()


def reviews_of(session_id: uuid.UUID) -> Sequence[SessionReview]:
    """Who reviewed it, each time; what was added later opened it again."""
    its = select(SessionReview).where(SessionReview.session_id == session_id)
    return db.session.scalars(its.order_by(SessionReview.recorded_at)).all()


def events_of(session: TreatmentSession) -> list[Event]:
    """The trail of a session, oldest first: its changes, and who opened it."""
    wanted = select(AuditEvent).where(
        AuditEvent.chain_id == acting().clinic_id,
        AuditEvent.patient_id == session.patient_id,
        AuditEvent.body.contains(str(session.id), autoescape=True),
    )
    rows = db.session.scalars(wanted.order_by(AuditEvent.seq).limit(MOST_EVENTS + 1))
    return [event_of(row) for row in rows]


@dataclass(frozen=True)
class Inspectable:
    """One session of the list from which an inspector chooses."""

    session: TreatmentSession
    t0: datetime | None


def sessions_of(patient_id: uuid.UUID) -> list[Inspectable]:
    """Her sessions, newest first."""
    now = clock.now()
    return [Inspectable(one, state_of(one, now).clock.t0) for one in of_patient(patient_id)]
