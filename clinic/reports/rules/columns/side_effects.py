"""This file is about the columns of side effects: from onset to resolution."""

from dataclasses import dataclass

from clinic.protocols.rules import Severity
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import keys, moments
from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules.log import AdverseEvent
from clinic.sessions.rules.reporting import Report
from clinic.sessions.rules.results import LogLine, SideEffect


@dataclass(frozen=True)
class Effect:
    """One side effect of one session."""

    session: SessionRecord
    effect: SideEffect

    @property
    def line(self) -> LogLine | None:
        """The line of the log in which it began."""
        return self.session.lines.get(self.effect.onset_id)

    @property
    def reports(self) -> list[Report]:
        """To whom it was reported."""
        return [r for r in self.session.reports if r.onset_id == self.effect.onset_id]

    @property
    def onset(self) -> AdverseEvent | None:
        """The entry of its onset as it now stands, as typed."""
        last = (self.line.original, *self.line.corrections)[-1] if self.line else None
        return last if isinstance(last, AdverseEvent) else None


def rows(session: SessionRecord) -> tuple[Effect, ...]:
    """One row for each side effect, oldest first."""
    return tuple(Effect(session, effect) for effect in session.state.side_effects)


def own(row: Effect) -> SessionRecord:
    """The session of a side effect."""
    return row.session


def term_words(row: Effect) -> str | None:
    """The words of the term in the session's protocol."""
    terms = row.session.plan.side_effects.terms
    return next((term.text for term in terms if term.code == row.effect.term), None)


def ongoing(row: Effect) -> bool | None:
    """Whether it went on when she left; None while she has not left."""
    left_at = row.session.state.clock.left_at
    if left_at is None:
        return None
    return row.effect.resolved_at is None or row.effect.resolved_at > left_at


def author(row: Effect) -> str | None:
    """Who wrote the onset."""
    if row.line is None:
        return None
    author_id = row.line.original.author_id
    return row.session.names.get(author_id, str(author_id))


COLUMNS: tuple[Column[Effect], ...] = (
    *keys(own),
    Column("side_effect_id", "Entry of the onset", Kind.CODE, lambda r: str(r.effect.onset_id)),
    Column(
        "term",
        "Code of the term; the list is in the session's version of the protocol",
        Kind.CODE,
        lambda r: r.effect.term,
    ),
    Column("term_words", "Words of the term in that version", Kind.TEXT, term_words),
    Column(
        "typed_words",
        "What was typed beside the term",
        Kind.TEXT,
        lambda r: (r.onset.text if r.onset else None) or None,
    ),
    Column(
        "peak_severity",
        "Worst severity that was recorded",
        Kind.CODE,
        lambda r: r.effect.peak_severity.value,
        codes=codes(Severity),
    ),
    *moments("onset_at", "When it began", lambda r: r.effect.onset_at, own),
    Column(
        "onset_minute",
        "Whole minutes from the first drug delivered; negative before it",
        Kind.INTEGER,
        lambda r: r.effect.onset_minute,
        unit="min",
        definition="D1.1",
    ),
    *moments(
        "resolved_at", "When it was over; empty: not recorded", lambda r: r.effect.resolved_at, own
    ),
    Column(
        "duration_minutes",
        "Whole minutes from onset to resolution",
        Kind.INTEGER,
        lambda r: r.effect.duration_minutes,
        unit="min",
    ),
    Column(
        "ongoing_at_leaving",
        "Went on when she left; empty while she has not left",
        Kind.YES_NO,
        ongoing,
        definition="D6",
    ),
    Column("serious", "Recorded as serious", Kind.YES_NO, lambda r: r.effect.serious),
    Column(
        "serious_criterion", "Why it is serious, as typed", Kind.TEXT, lambda r: r.effect.criterion
    ),
    Column(
        "reported_to",
        "Who was told of a serious event (rems, medwatch, sponsor, none), separated by spaces",
        Kind.CODE,
        lambda r: " ".join(dict.fromkeys(report.to.value for report in r.reports)) or None,
    ),
    Column(
        "reported_on",
        "First day on which somebody was told",
        Kind.DAY,
        lambda r: min((report.on for report in r.reports), default=None),
    ),
    Column(
        "still_to_report",
        "Serious, and nobody wrote down to whom it was reported; empty when it is not serious",
        Kind.YES_NO,
        lambda r: not r.reports if r.effect.serious else None,
    ),
    Column("author", "Who wrote the onset", Kind.TEXT, author),
    Column(
        "transcribed",
        "Onset copied from paper",
        Kind.YES_NO,
        lambda r: r.onset.transcribed if r.onset else None,
    ),
    Column(
        "corrected",
        "Onset changed after it was first written",
        Kind.YES_NO,
        lambda r: bool(r.line.corrections) if r.line else None,
    ),
)
