"""This file is about the columns of sessions on leaving: stay, readiness, how she left."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns.common import moments
from clinic.reports.rules.columns.order import own
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import SessionRecord

One = SessionRecord


def stayed(session: One) -> bool | None:
    """Whether she stayed as long as the protocol asks; None without a dose."""
    return session.state.readiness.minimum_stay_met if session.state.clock.t0 else None


def overridden(session: One) -> str | None:
    """The criteria of leaving that a psychiatrist overrode."""
    criteria = session.state.readiness.criteria
    return " ".join(one.code for one in criteria if one.overridden) or None


COLUMNS: tuple[Column[One], ...] = (
    Column(
        "minimum_stay_met",
        "She stayed as long as the protocol asks; empty without a dose",
        Kind.YES_NO,
        stayed,
        definition="D1.4",
    ),
    *moments(
        "ready_at",
        "From when all clinical criteria stayed met",
        lambda s: s.state.readiness.ready_at,
        own,
        "D6",
    ),
    Column(
        "would_have_been_ready_minutes",
        "Minutes from T0, the nurse's own statement",
        Kind.INTEGER,
        lambda s: s.state.readiness.would_have_been_ready_minutes,
        unit="min",
        definition="D6",
    ),
    *moments("left_at", "When she left", lambda s: s.state.clock.left_at, own, "D6"),
    Column(
        "left_how",
        "How she left",
        Kind.CODE,
        lambda s: s.state.readiness.left_how,
        codes=("left", "left-against-advice", "transferred"),
        definition="D6",
    ),
    Column(
        "criteria_overridden",
        "Criteria of leaving that a psychiatrist overrode, separated by spaces",
        Kind.CODE,
        overridden,
        definition="D6",
        privacy=Privacy.KEEP,
    ),
    Column(
        "total_minutes",
        "Whole minutes from T0 until she left",
        Kind.INTEGER,
        lambda s: s.state.clock.total_minutes,
        unit="min",
        definition="D1.4",
    ),
)
