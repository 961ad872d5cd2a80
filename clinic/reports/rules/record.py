"""This file is about what rows are made from: a session with its state, an entry as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.followups.rules import Told
from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.readings_alone import ReadingsAlone
from clinic.sessions.rules.reporting import Report
from clinic.sessions.rules.results import LogLine, Row, SignReading

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Signature:
    """Who signed the discharge, when, the hash of what was signed, and what that means."""

    by: str
    at: datetime
    hash: str
    meaning: str = ""


@dataclass(frozen=True)
class SessionRecord:
    """One session as it is exported. `names`: people by id. `zone`: the clinic's.

    `weight_kg`: what the order was worked out from. `reports`: of its serious events. `told`:
    side effects of which she told in follow-ups. `amendments`: what was added after the signature.
    `birth_on`: the delivery that the chart holds; None when none is on record.
    """

    id: UUID
    number: int
    course_id: UUID
    patient_id: UUID
    clinic_code: str
    patient_number: str
    protocol_code: str
    protocol_version: int
    protocol_digest: str
    planned_at: datetime
    room: str
    status: str
    ordered_mg: Decimal
    zone: ZoneInfo
    plan: SessionPlan
    state: SessionState
    birth_on: date | None
    names: Mapping[UUID, str]
    signature: Signature | None
    weight_kg: Decimal | None = None
    weighed_on: date | None = None
    reports: tuple[Report, ...] = ()
    told: tuple[Told, ...] = ()
    amendments: tuple[Amended, ...] = ()

    @property
    def day(self) -> date:
        """The day it belongs to: of the treatment (definitions D1.1), else of the plan."""
        return self.state.clock.treatment_on or self.planned_at.astimezone(self.zone).date()

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the clinic's wall, with its offset."""
        return None if moment is None else moment.astimezone(self.zone)

    @property
    def log(self) -> tuple[LogLine, ...]:
        """The lines of its log, oldest first."""
        return self.state.log

    @cached_property
    def rows(self) -> dict[UUID, Row]:
        """Judged observations by the id of their first entry."""
        return {row.entry_id: row for row in self.state.rows}

    @cached_property
    def lines(self) -> dict[UUID, LogLine]:
        """Lines of the log by the id of their first entry."""
        return {line.root_id: line for line in self.state.log}


@dataclass(frozen=True)
class ReadingsRecord:
    """The readings of one session, and what else a row of them shows."""

    id: UUID
    number: int
    patient_id: UUID
    clinic_code: str
    patient_number: str
    planned_at: datetime
    zone: ZoneInfo
    birth_on: date | None
    names: Mapping[UUID, str]
    found: ReadingsAlone

    @property
    def day(self) -> date:
        """The day it belongs to, as of a whole session."""
        return self.found.treatment_on or self.planned_at.astimezone(self.zone).date()

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the clinic's wall, with its offset."""
        return None if moment is None else moment.astimezone(self.zone)

    @property
    def log(self) -> tuple[LogLine, ...]:
        """Its readings, doses and steps, oldest first."""
        return self.found.log

    @cached_property
    def rows(self) -> dict[UUID, Row]:
        """Judged observations by the id of their first entry."""
        return {row.entry_id: row for row in self.found.rows}


@dataclass(frozen=True)
class EntryRecord(Generic[E]):
    """One entry as it now stands: `entry` is its last version, as typed."""

    session: SessionRecord
    line: LogLine
    entry: E

    @cached_property
    def row(self) -> Row | None:
        """How it was judged; None for a withdrawn one and for what is no observation."""
        return self.session.rows.get(self.line.root_id)

    @cached_property
    def taken_at(self) -> datetime:
        """When it was; of a withdrawn one, as it was first written."""
        return self.line.original.effective_at if self.entry.withdrawn else self.entry.effective_at

    @cached_property
    def stands(self) -> E | None:
        """The entry, or None once it was withdrawn: what was in error is in no column of values."""
        return None if self.entry.withdrawn else self.entry

    @cached_property
    def judged(self) -> dict[str, SignReading]:
        """How each sign was judged; nothing once it was withdrawn."""
        return {one.sign: one for one in self.row.readings} if self.row and self.stands else {}

    def name(self, person_id: UUID) -> str:
        """A person's name; the id of somebody who is nobody here."""
        return self.session.names.get(person_id, str(person_id))


def entries(session: Any, kind: type[E]) -> Iterator[EntryRecord[E]]:
    """The entries of one kind, oldest first, withdrawn ones too; of a session, or of its readings
    alone, whose rows show nothing else of it."""
    for line in session.log:
        last = (line.original, *line.corrections)[-1]
        if isinstance(last, kind):
            yield EntryRecord(session, line, last)


@dataclass(frozen=True)
class AmendmentRecord:
    """One amendment of a session. It changes no other row."""

    session: SessionRecord
    amended: Amended

    @property
    def line(self) -> LogLine | None:
        """The entry that it stands beside; None for the session as a whole."""
        entry_id = self.amended.entry_id
        return self.session.lines.get(entry_id) if entry_id else None


def people_in(state: SessionState) -> set[UUID]:
    """Everybody who wrote in a session."""
    return {entry.author_id for line in state.log for entry in (line.original, *line.corrections)}
