"""This file is about reading an order once: each session, course and answer to all its tables."""

from collections.abc import Callable
from typing import Any

from clinic.reports.queries.source import Source
from clinic.reports.rules import TABLES, Subject, Table
from clinic.reports.rules.ordering import Order, Progress

# Takes the rows that one session, course or use of a scale has in a table; how many there are.
Take = Callable[[Table, Any], int]


def tables_of(order: Order) -> list[Table]:
    """The tables that an order asks for, in the order of the dictionary."""
    return [table for code, table in TABLES.items() if code in order.what]


def pour(order: Order, source: Source, progress: Progress, take: Take) -> int:
    """Give everything of an order to `take`, a part at a time; how many rows that made."""
    tables = tables_of(order)
    subjects = [subject for subject in Subject if any(table.by is subject for table in tables)]
    total = sum(source.count(subject) for subject in subjects)
    rows = done = 0
    progress.step(0, total)
    for subject in subjects:
        fed = [table for table in tables if table.by is subject]
        for part in source.parts(subject):
            rows += sum(take(table, one) for one in part for table in fed)
            done = min(total, done + units(subject, part))
            progress.step(done, total)
    return rows


def units(subject: Subject, part: list[Any]) -> int:
    """By how much a part moves the bar: sessions and events, else courses."""
    if subject in (Subject.SESSION, Subject.READING, Subject.EVENT):
        return len(part)
    return len({one.owner.course_id for one in part})
