"""This file is about the columns of the trail: when, who, what was done to which record, why."""

from datetime import datetime

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns.common import clinic, moments
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.trail_record import TrailExport

One = TrailExport


def rows(event: One) -> tuple[One, ...]:
    """The event itself."""
    return (event,)


def own(event: One) -> One:
    """An event knows its clinic's wall itself."""
    return event


def at(event: One) -> datetime:
    """When it was."""
    return event.at


COLUMNS: tuple[Column[One], ...] = (
    clinic(own),
    Column(
        "patient_number",
        "Number of the patient in this clinic; empty: the event is of none",
        Kind.TEXT,
        lambda row: row.patient_number,
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "seq",
        "Number of the event in the clinic's chain",
        Kind.INTEGER,
        lambda row: row.seq,
        privacy=Privacy.DROP,
    ),
    *moments(
        "occurred_at",
        "When it was; de-identified, empty for an event of no patient",
        at,
        own,
    ),
    Column(
        "person",
        "Who did it; empty: nobody was signed in",
        Kind.TEXT,
        lambda row: row.actor,
        privacy=Privacy.PSEUDONYM,
    ),
    Column("action", "What was done", Kind.CODE, lambda row: row.action, privacy=Privacy.KEEP),
    Column("kind", "Kind of record", Kind.CODE, lambda row: row.kind, privacy=Privacy.KEEP),
    Column("record_id", "Record", Kind.CODE, lambda row: row.record_id, privacy=Privacy.PSEUDONYM),
    Column(
        "fields",
        "Fields that were changed, by name, separated by spaces; empty: no row was written",
        Kind.CODE,
        lambda row: row.fields,
        privacy=Privacy.KEEP,
    ),
    Column(
        "values",
        "Old and new value of each field, or what was noted, as JSON; sensitive ones encrypted",
        Kind.TEXT,
        lambda row: row.values,
    ),
    Column("reason", "Why, or what for, as typed", Kind.TEXT, lambda row: row.reason),
)
