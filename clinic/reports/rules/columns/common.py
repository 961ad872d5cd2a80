"""This file is about columns that tables share: which session it is, how an entry was written."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import EntryRecord, SessionRecord
from clinic.sessions.rules.log import Entry

R = TypeVar("R")
E = TypeVar("E", bound=Entry)
Of = Callable[[R], SessionRecord]


class OnAWall(Protocol):
    """Whatever knows the clinic's zone, and the birth; None: it is not on record."""

    @property
    def birth_on(self) -> date | None:
        """The day of the birth."""

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the clinic's wall, with its offset."""


class OfAClinic(Protocol):
    """Whatever knows its clinic."""

    @property
    def clinic_code(self) -> str:
        """The clinic's short name."""


class OfAWoman(OfAClinic, Protocol):
    """Whatever knows whose it is."""

    @property
    def patient_number(self) -> str:
        """Her number in the clinic."""


def typed(value: Callable[[E], object]) -> Callable[[EntryRecord[E]], object]:
    """A value of the entry; None once it was withdrawn."""
    return lambda row: value(row.stands) if row.stands else None


def moments(
    name: str,
    meaning: str,
    value: Callable[[R], datetime | None],
    of: Callable[[R], OnAWall],
    definition: str = "",
) -> tuple[Column[R], Column[R]]:
    """A moment on the clinic's wall with its offset, and the same in UTC."""
    return (
        Column(
            name,
            f"{meaning}, on the clinic's wall with its offset",
            Kind.MOMENT,
            lambda row: of(row).local(value(row)),
            definition=definition,
        ),
        Column(f"{name}_utc", f"{meaning}, in UTC", Kind.MOMENT_UTC, value, definition=definition),
    )


def postpartum_day(
    moment: Callable[[R], datetime | None], of: Callable[[R], OnAWall], until: str
) -> Column[R]:
    """Days from the birth to a moment of the row, by their dates; before the birth negative."""

    def value(row: R) -> int | None:
        on, birth_on = of(row).local(moment(row)), of(row).birth_on
        return None if on is None or birth_on is None else (on.date() - birth_on).days

    return Column(
        "postpartum_day",
        f"Days from the birth to the day of {until}, by their dates in the clinic; empty: no "
        "birth on record, or no such day",
        Kind.INTEGER,
        value,
        unit="d",
        definition="D1.1",
    )


def clinic(of: Callable[[R], OfAClinic]) -> Column[R]:
    """Clinic of a row."""
    return Column(
        "clinic",
        "Short name of the clinic",
        Kind.CODE,
        lambda r: of(r).clinic_code,
        privacy=Privacy.PSEUDONYM,
    )


def woman(of: Callable[[R], OfAWoman]) -> tuple[Column[R], Column[R]]:
    """Clinic and patient of a row."""
    return (
        clinic(of),
        Column(
            "patient_number",
            "Number of the patient in this clinic",
            Kind.TEXT,
            lambda r: of(r).patient_number,
            privacy=Privacy.PSEUDONYM,
        ),
    )


def keys(of: Of[R]) -> tuple[Column[R], ...]:
    """Whose session it is, and which one."""
    return (
        *woman(of),
        Column(
            "session_id",
            "Session; the same in every table",
            Kind.CODE,
            lambda r: str(of(r).id),
            privacy=Privacy.PSEUDONYM,
        ),
        Column(
            "session_number",
            "Number of the session in its course, from 1",
            Kind.INTEGER,
            lambda r: of(r).number,
        ),
    )


def own(row: EntryRecord[Any]) -> SessionRecord:
    """The session of an entry."""
    return row.session


def correction(row: EntryRecord[Any]) -> Any:
    """The last correction of an entry, or None."""
    return row.line.corrections[-1] if row.line.corrections else None


def of_correction(
    value: Callable[[EntryRecord[Any], Any], Any],
) -> Callable[[EntryRecord[Any]], Any]:
    """A value of the last correction; None for an entry that was never corrected."""
    return lambda row: value(row, last) if (last := correction(row)) else None


ENTRY: tuple[Column[EntryRecord[Any]], ...] = (
    *keys(own),
    Column(
        "entry_id",
        "Entry as first written; a correction keeps it",
        Kind.CODE,
        lambda row: str(row.line.root_id),
        privacy=Privacy.PSEUDONYM,
    ),
    *moments("effective_at", "When it was", lambda row: row.taken_at, own, "D1.3"),
    *moments(
        "recorded_at", "When it was first written", lambda row: row.line.original.recorded_at, own
    ),
    Column(
        "minute",
        "Whole minutes from the first drug delivered; negative before it",
        Kind.INTEGER,
        lambda row: row.line.minute,
        unit="min",
        definition="D1.1",
    ),
    postpartum_day(lambda row: row.taken_at, own, "effective_at"),
)

BATCH: tuple[Column[EntryRecord[Any]], ...] = (
    Column("lot", "Lot, as typed", Kind.TEXT, typed(lambda e: e.lot), definition="D5.2"),
    Column(
        "expires_on",
        "Expiry of the lot",
        Kind.DAY,
        typed(lambda e: e.expires_on),
        definition="D5.2",
        privacy=Privacy.DROP,
    ),
)

LOG: tuple[Column[EntryRecord[Any]], ...] = (
    Column(
        "author",
        "Who wrote it first",
        Kind.TEXT,
        lambda row: row.name(row.line.original.author_id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "late_entry",
        "Written later after it was than the protocol allows",
        Kind.YES_NO,
        lambda row: row.line.late,
        definition="D1.3",
    ),
    Column("transcribed", "Copied from paper", Kind.YES_NO, lambda row: row.entry.transcribed),
    Column(
        "corrected",
        "Changed after it was first written; the row shows it as it now stands",
        Kind.YES_NO,
        lambda row: bool(row.line.corrections),
    ),
    Column(
        "withdrawn",
        "Entered in error: its values are in no column",
        Kind.YES_NO,
        lambda row: row.entry.withdrawn,
    ),
    Column(
        "corrected_at",
        "When it was last corrected or withdrawn, on the clinic's wall with its offset",
        Kind.MOMENT,
        of_correction(lambda row, last: row.session.local(last.recorded_at)),
    ),
    Column(
        "corrected_by",
        "Who last corrected or withdrew it",
        Kind.TEXT,
        of_correction(lambda row, last: row.name(last.author_id)),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "correction_reason",
        "Why, as typed",
        Kind.TEXT,
        of_correction(lambda _row, last: last.reason),
    ),
)


def signature(name: str, document: str) -> tuple[Column[Any], ...]:
    """Who signed a document, and what that means. `document`: the attribute that holds it."""

    def part(of: str) -> Callable[[Any], object]:
        return lambda row: getattr(getattr(row, document), of, None)

    by, meaning = part("signed_by"), part("meaning")
    return (
        Column(f"{name}_by", "Who signed it", Kind.TEXT, by, privacy=Privacy.PSEUDONYM),
        Column(f"{name}_meaning", "What the signature means", Kind.TEXT, meaning),
    )
