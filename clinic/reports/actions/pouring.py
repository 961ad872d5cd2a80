"""This file is about reading an order once: each session, course and answer to all its tables."""

from collections.abc import Callable, Iterator
from typing import Any

from clinic.reports.queries.source import Source
from clinic.reports.rules import TABLES, Subject, Table
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import END, Bookmark, Mark

# Puts the rows that one session, course or use of a scale has in a table into the pieces.
Take = Callable[[Table, Any], None]


def tables_of(order: Order) -> list[Table]:
    """The tables that an order asks for, in the order of the dictionary."""
    return [table for code, table in TABLES.items() if code in order.what]


def pour(order: Order, source: Source, progress: Progress, take: Take) -> None:
    """Give everything of an order that is in no piece yet to `take`, a part at a time."""
    tables, kept = tables_of(order), progress.pieces.mark
    subjects = [subject for subject in Subject if any(table.by is subject for table in tables)]
    total, done = sum(source.count(subject) for subject in subjects), kept.done if kept else 0
    progress.step(done, total)
    for subject, bookmark in still_to_read(subjects, kept):
        fed = [table for table in tables if table.by is subject]
        for part in source.parts(subject, bookmark):
            for one in part:
                for table in fed:
                    take(table, one)
            done = min(total, done + units(subject, part))
            progress.step(done, total, bookmark.mark(subject.value, done))
    progress.end(total)


def still_to_read(subjects: list[Subject], kept: Mark | None) -> Iterator[tuple[Subject, Bookmark]]:
    """What the pieces do not hold yet, each with where to begin."""
    if kept is not None and kept.reader == END:
        return
    first = subjects.index(Subject(kept.reader)) if kept else 0
    for subject in subjects[first:]:
        goes_on = kept is not None and kept.reader == subject.value
        yield subject, Bookmark(kept.after if kept and goes_on else None)


def units(subject: Subject, part: list[Any]) -> int:
    """By how much a part moves the bar: sessions and events, else courses."""
    if subject in (Subject.SESSION, Subject.READING, Subject.EVENT):
        return len(part)
    return len({one.owner.course_id for one in part})
