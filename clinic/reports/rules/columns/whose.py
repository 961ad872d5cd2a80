"""This file is about the columns that say whose record a row is: clinic, patient, course."""

from collections.abc import Callable
from typing import TypeVar

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns.common import woman
from clinic.reports.rules.course_record import Owner
from clinic.reports.rules.masks import Privacy

R = TypeVar("R")


def whose(of: Callable[[R], Owner]) -> tuple[Column[R], ...]:
    """Clinic, patient and course of a row."""
    return (
        *woman(of),
        Column(
            "course_id",
            "Course; the same in every table",
            Kind.CODE,
            lambda row: str(of(row).course_id),
            privacy=Privacy.PSEUDONYM,
        ),
    )
