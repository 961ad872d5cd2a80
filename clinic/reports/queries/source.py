"""This file is about what an ordered export is written from: its parts, with the order's filters.

No part is kept once the next is asked for, so a period of any length costs the same memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from clinic.reports.queries.course_parts import count_courses, course_parts, score_parts
from clinic.reports.queries.masked_order import P, Parts, in_order
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.sessions_in import count_sessions
from clinic.reports.queries.stream import parts_of, session_parts
from clinic.reports.queries.trail_parts import count_events
from clinic.reports.queries.wanted import Wanted, wanted
from clinic.reports.rules import TABLES, CourseExport, ScoreExport, SessionRecord, Subject
from clinic.reports.rules.ordering import Order
from clinic.reports.rules.pieces import Bookmark


@dataclass(frozen=True)
class Source:
    """The parts of an order as things stand at `now`, the moment it was taken."""

    order: Order
    now: datetime

    @cached_property
    def wanted(self) -> Wanted:
        """The order's filters."""
        return wanted(self.order.protocols, self.order.routes, self.order.course_id)

    def sessions(self, bookmark: Bookmark | None = None) -> Iterator[list[SessionRecord]]:
        """The sessions of the period, a few at a time, by plan."""
        return self.read(session_parts, bookmark)

    def courses(self, bookmark: Bookmark | None = None) -> Iterator[list[CourseExport]]:
        """The courses that were opened in the period, a few at a time."""
        return self.read(course_parts, bookmark)

    def scores(self) -> Iterator[list[ScoreExport]]:
        """The uses of scales of the period, those of a few courses at a time."""
        return self.read(score_parts)

    def read(self, parts: Parts[P], bookmark: Bookmark | None = None) -> Iterator[list[P]]:
        """Parts with the order's filters; of a de-identified order, woman by woman."""
        mask, chosen = mask_for(self.order), replace(self.wanted, bookmark=bookmark)
        return in_order(parts, self.order.period, self.now, chosen, mask)

    def parts(self, subject: Subject, bookmark: Bookmark | None = None) -> Iterator[list[Any]]:
        """The parts of whatever a table is read by."""
        period, mask = self.order.period, mask_for(self.order)
        chosen = replace(self.wanted, bookmark=bookmark)
        return parts_of(subject, period, self.now, chosen, mask)

    def rows(self, table_code: str) -> Iterator[Any]:
        """The rows of one table, as its columns read them."""
        table = TABLES[table_code]
        for part in self.parts(table.by):
            for one in part:
                yield from table.rows(one)

    def count(self, subject: Subject) -> int:
        """About how many there are, for a progress bar: other than sessions and events, courses."""
        if subject in (Subject.SESSION, Subject.READING):
            return count_sessions(self.order.period, self.wanted)
        if subject is Subject.EVENT:
            return count_events(self.order.period, self.now, self.wanted)
        answered = subject is Subject.SCORE
        return count_courses(self.order.period, self.wanted, answered=answered)
