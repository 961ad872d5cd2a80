"""This file is about the columns of amendments: what was added after a session was signed."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns.common import keys, moments, postpartum_day
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import AmendmentRecord, SessionRecord

One = AmendmentRecord


def rows(session: SessionRecord) -> tuple[AmendmentRecord, ...]:
    """One row for each amendment, oldest first."""
    return tuple(AmendmentRecord(session, one) for one in session.amendments)


def own(row: One) -> SessionRecord:
    """The session of an amendment."""
    return row.session


COLUMNS: tuple[Column[One], ...] = (
    *keys(own),
    Column(
        "amendment_id",
        "Amendment",
        Kind.CODE,
        lambda row: str(row.amended.id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "entry_id",
        "Entry that it stands beside, as first written; empty: the session as a whole",
        Kind.CODE,
        lambda row: str(row.amended.entry_id) if row.amended.entry_id else None,
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "entry_kind",
        "Kind of that entry",
        Kind.CODE,
        lambda row: row.line.kind if row.line else None,
        privacy=Privacy.KEEP,
    ),
    *moments(
        "entry_effective_at",
        "When that entry was",
        lambda row: row.line.effective_at if row.line else None,
        own,
        "D1.3",
    ),
    *moments("amended_at", "When it was added", lambda row: row.amended.at, own),
    postpartum_day(lambda row: row.amended.at, own, "amended_at"),
    Column(
        "author",
        "Who added it, with the password",
        Kind.TEXT,
        lambda row: row.session.names.get(row.amended.author_id, str(row.amended.author_id)),
        privacy=Privacy.PSEUDONYM,
    ),
    Column("words", "What was added, as typed", Kind.TEXT, lambda row: row.amended.text),
    Column("reason", "Why, as typed", Kind.TEXT, lambda row: row.amended.reason),
)
