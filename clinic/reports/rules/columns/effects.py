"""This file is about the rows of side effects: one of the log, or one of a contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from clinic.followups.rules import Told
from clinic.protocols.rules import Severity
from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules.log import AdverseEvent
from clinic.sessions.rules.reporting import Report
from clinic.sessions.rules.results import LogLine, SideEffect

SEEN, TOLD = SOURCES = ("session", "follow-up")


@dataclass(frozen=True)
class Effect:
    """One side effect: `seen` in the session, or `told` of at a follow-up; never both."""

    session: SessionRecord
    seen: SideEffect | None = None
    told: Told | None = None

    @property
    def source(self) -> str:
        """Where it comes from."""
        return TOLD if self.told else SEEN

    @property
    def onset_id(self) -> UUID | None:
        """The entry in which it began."""
        return self.seen.onset_id if self.seen else None

    @property
    def line(self) -> LogLine | None:
        """The line of the log in which it began."""
        return self.session.lines.get(self.seen.onset_id) if self.seen else None

    @property
    def onset(self) -> AdverseEvent | None:
        """The entry of its onset as it now stands, as typed."""
        last = (self.line.original, *self.line.corrections)[-1] if self.line else None
        return last if isinstance(last, AdverseEvent) else None

    @property
    def term(self) -> str | None:
        """Its code."""
        return self.told.symptom.term if self.told else self.seen.term if self.seen else None

    @property
    def words(self) -> str | None:
        """The words of the term in the session's protocol; what no list holds, as it was asked."""
        terms = self.session.plan.side_effects.terms
        listed = next((term.text for term in terms if term.code == self.term), None)
        return listed or (self.told.symptom.words if self.told else None)

    @property
    def typed(self) -> str | None:
        """What was typed beside the term."""
        if self.told:
            return self.told.symptom.typed
        return (self.onset.text if self.onset else None) or None

    @property
    def severity(self) -> Severity | None:
        """The worst that was recorded."""
        if self.told:
            return self.told.symptom.severity
        return self.seen.peak_severity if self.seen else None

    @property
    def ongoing(self) -> bool | None:
        """Whether it went on when she left; None while she has not left."""
        left_at = self.session.state.clock.left_at
        if left_at is None or self.seen is None:
            return None
        return self.seen.resolved_at is None or self.seen.resolved_at > left_at

    @property
    def is_serious(self) -> bool:
        """Whether it was recorded as serious."""
        return self.seen is not None and self.seen.serious

    @property
    def reports(self) -> list[Report]:
        """To whom it was reported."""
        return [r for r in self.session.reports if r.onset_id == self.onset_id]

    @property
    def author(self) -> str | None:
        """Who wrote the onset, or the contact."""
        if self.told:
            author_id = self.told.author_id
        elif self.line:
            author_id = self.line.original.author_id
        else:
            return None
        return self.session.names.get(author_id, str(author_id))

    @property
    def corrected(self) -> bool | None:
        """Whether it was changed after it was first written."""
        if self.told:
            return self.told.corrected
        return bool(self.line.corrections) if self.line else None


def rows(session: SessionRecord) -> tuple[Effect, ...]:
    """One row for each side effect: those of the session, then those told of, oldest first."""
    seen = [Effect(session, seen=effect) for effect in session.state.side_effects]
    return (*seen, *(Effect(session, told=told) for told in session.told))


def own(row: Effect) -> SessionRecord:
    """The session of a side effect."""
    return row.session


def began_or_told_at(row: Effect) -> datetime | None:
    """When it began; of one that was told of, when she told of it."""
    if row.told:
        return row.told.at
    return row.seen.onset_at if row.seen else None


def seen(value: Callable[[SideEffect], Any]) -> Callable[[Effect], Any]:
    """A value of one of the log; None for one that was told of."""
    return lambda row: None if row.seen is None else value(row.seen)


def told(value: Callable[[Told], Any]) -> Callable[[Effect], Any]:
    """A value of one that was told of; None for one of the log."""
    return lambda row: None if row.told is None else value(row.told)
