"""This file is about the columns that say whose record a row is: clinic, patient, course."""

from collections.abc import Callable
from typing import TypeVar

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.course_record import Owner
from clinic.reports.rules.masks import Privacy

R = TypeVar("R")


def whose(of: Callable[[R], Owner]) -> tuple[Column[R], ...]:
    """Clinic, patient and course of a row."""
    return (
        Column(
            "clinic",
            "Short name of the clinic",
            Kind.CODE,
            lambda row: of(row).clinic_code,
            privacy=Privacy.PSEUDONYM,
        ),
        Column(
            "patient_number",
            "Number of the patient in this clinic",
            Kind.TEXT,
            lambda row: of(row).patient_number,
            privacy=Privacy.PSEUDONYM,
        ),
        Column(
            "course_id",
            "Course; the same in every table",
            Kind.CODE,
            lambda row: str(of(row).course_id),
            privacy=Privacy.PSEUDONYM,
        ),
    )
