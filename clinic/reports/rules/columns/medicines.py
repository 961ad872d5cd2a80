"""This file is about the columns of medicines beside the treatment, those in error too."""

from collections.abc import Callable
from datetime import datetime

from clinic.courses.rules import DrugClass
from clinic.reports.rules.beside_record import MedicineExport
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day
from clinic.reports.rules.columns.whose import whose
from clinic.reports.rules.course_record import Owner
from clinic.reports.rules.masks import Privacy

One = MedicineExport


def rows(medicine: One) -> tuple[One, ...]:
    """The medicine itself."""
    return (medicine,)


def owner(row: One) -> Owner:
    """Whose medicine it is."""
    return row.owner


def stands(value: Callable[[One], object]) -> Callable[[One], object]:
    """A value; None once the row was entered in error."""
    return lambda row: None if row.void_reason else value(row)


def recorded_at(row: One) -> datetime:
    """When it was written down."""
    return row.recorded_at


COLUMNS: tuple[Column[One], ...] = (
    *whose(owner),
    Column(
        "medicine_id",
        "Medicine; another dose is another row",
        Kind.CODE,
        lambda row: str(row.id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column("drug", "Medicine, as typed", Kind.TEXT, stands(lambda row: row.facts.drug)),
    Column(
        "drug_class",
        "Class, as asked before each dose",
        Kind.CODE,
        stands(lambda row: row.facts.drug_class.value),
        codes=codes(DrugClass),
        definition="D8.7",
    ),
    Column("dose", "Dose, as typed", Kind.TEXT, stands(lambda row: row.facts.dose)),
    Column(
        "started_on",
        "First day on which she took it; empty: not known",
        Kind.DAY,
        stands(lambda row: row.facts.started_on),
    ),
    Column(
        "stopped_on",
        "Last day on which she took it; empty: still taken, or not known",
        Kind.DAY,
        stands(lambda row: row.facts.stopped_on),
    ),
    Column(
        "stop_unclear",
        "Nobody knows whether she still takes it; until she is asked it counts as taken",
        Kind.YES_NO,
        stands(lambda row: row.facts.stop_unclear),
    ),
    Column("words", "Note, as typed", Kind.TEXT, stands(lambda row: row.facts.note)),
    *moments("recorded_at", "When it was written down", recorded_at, owner),
    postpartum_day(recorded_at, owner, "recorded_at"),
    Column(
        "author",
        "Who wrote it down",
        Kind.TEXT,
        lambda row: row.author,
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "withdrawn",
        "Entered in error: its values are in no column",
        Kind.YES_NO,
        lambda row: row.void_reason is not None,
    ),
    Column(
        "correction_reason",
        "Why it is in error, as typed",
        Kind.TEXT,
        lambda row: row.void_reason,
    ),
)
