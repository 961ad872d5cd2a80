"""This file is about the files that can be exported, and the dictionary of their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, Subject, Table, codes, head, line_of
from clinic.reports.rules.columns import (
    amendments,
    audit,
    courses,
    doses,
    effects,
    follow_ups,
    items,
    medicines,
    observations,
    scores,
    sessions,
    side_effects,
    supplies,
)
from clinic.reports.rules.masks import Privacy

TABLES: dict[str, Table] = {
    table.code: table
    for table in (
        Table(
            "sessions",
            "Sessions",
            "One row for each session: order, dose, times, rise, leaving, signature.",
            sessions.COLUMNS,
            sessions.rows,
        ),
        Table(
            "observations",
            "Observations",
            "One row for each set of readings as it now stands, each sign as typed.",
            observations.COLUMNS,
            observations.rows,
            Subject.READING,
        ),
        Table(
            "side-effects",
            "Side effects",
            "One row for each side effect, seen or told at a follow-up: term, severity, times.",
            side_effects.COLUMNS,
            effects.rows,
        ),
        Table(
            "doses",
            "Doses",
            "One row for each dose event: device or infusion, amount, lot, second person.",
            doses.COLUMNS,
            doses.rows,
        ),
        Table(
            "supplies",
            "Supplies",
            "One row for each device or vial opened, returned or wasted, with the second person.",
            supplies.COLUMNS,
            supplies.rows,
        ),
        Table(
            "amendments",
            "Amendments",
            "One row for each amendment of a signed session: beside which entry, what, why, who.",
            amendments.COLUMNS,
            amendments.rows,
        ),
        Table(
            "scores",
            "Scores",
            "One row for each use of a scale: answers, total, safety items, their review.",
            scores.COLUMNS,
            scores.rows,
            Subject.SCORE,
        ),
        Table(
            "score-items",
            "Score items",
            "One row for each item of each use of a scale: its score, or why it has none.",
            items.COLUMNS,
            items.rows,
            Subject.SCORE,
        ),
        Table(
            "follow-ups",
            "Follow-ups",
            "One row for each try at a follow-up, or for one that nobody tried: answers, response.",
            follow_ups.COLUMNS,
            follow_ups.rows,
            Subject.FOLLOW_UP,
        ),
        Table(
            "medicines",
            "Medicines",
            "One row for each medicine beside the treatment: class, dose, first and last day.",
            medicines.COLUMNS,
            medicines.rows,
            Subject.MEDICINE,
        ),
        Table(
            "courses",
            "Courses",
            "One row for each course: diagnosis, first dose, outcome, decision, end.",
            courses.COLUMNS,
            courses.rows,
            Subject.COURSE,
        ),
        Table(
            "audit",
            "Audit trail",
            "One row for each event of the trail: when, who, what, which record, fields, reason.",
            audit.COLUMNS,
            audit.rows,
            Subject.EVENT,
            is_trail=True,
        ),
    )
}


TRAIL = frozenset(code for code, table in TABLES.items() if table.is_trail)


@dataclass(frozen=True)
class Described:
    """A column of a table, as the dictionary describes it."""

    table: Table
    column: Column[Any]


DICTIONARY: tuple[Column[Described], ...] = (
    Column("table", "File in which it is", Kind.CODE, lambda d: d.table.code),
    Column("column", "Name in the first line", Kind.CODE, lambda d: d.column.name),
    Column("meaning", "What a cell says", Kind.TEXT, lambda d: d.column.meaning),
    Column("type", "What a cell holds", Kind.CODE, lambda d: d.column.kind.value),
    Column("unit", "Unit, in UCUM", Kind.CODE, lambda d: d.column.unit or None),
    Column(
        "codes",
        "Codes that can occur, separated by spaces",
        Kind.CODE,
        lambda d: " ".join(d.column.codes) or None,
    ),
    Column(
        "definition",
        "Number of the definition that decides it",
        Kind.CODE,
        lambda d: d.column.definition or None,
    ),
    Column(
        "deidentified",
        "What becomes of a cell in a de-identified file",
        Kind.CODE,
        lambda d: d.column.masking.value,
        codes=codes(Privacy),
    ),
)


def described() -> Iterator[Described]:
    """Every column of every table, in the order of the files."""
    for table in TABLES.values():
        for column in table.columns:
            yield Described(table, column)


def dictionary() -> str:
    """The dictionary as a file."""
    return head(DICTIONARY) + "".join(line_of(DICTIONARY, one) for one in described())
