"""This file is about exports on paper: the record of each session, the pages of each course.

Printing needs the pages of sessions, so this format is made here and not beside the others.
"""

from collections.abc import Iterable
from typing import BinaryIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules import CourseExport, SessionRecord, Subject
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.review.views.printing import course_pdf
from clinic.sessions.models import TreatmentSession
from clinic.sessions.views.deidentified import hidden
from clinic.sessions.views.printing import known, record_of, summary

SIZE = "a4"


def write_records(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """One tagged PDF for each session; how many."""
    pages = (
        (name_of(one, mask), printed(one.id, mask)) for part in source.sessions() for one in part
    )
    return archived(pages, source, Subject.SESSION, file, progress)


def write_courses(
    _order: Order, source: Source, _mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """Two pages for each course; how many courses. They name her."""
    pages = (
        (f"{stem(one.owner.patient_number, one.owner.course_id)}.pdf", course_of(one))
        for part in source.courses()
        for one in part
    )
    return archived(pages, source, Subject.COURSE, file, progress)


def archived(
    pages: Iterable[tuple[str, bytes]],
    source: Source,
    subject: Subject,
    file: BinaryIO,
    progress: Progress,
) -> int:
    """PDFs in one archive, as they are printed; how many."""
    total, done = source.count(subject), 0
    progress.step(0, total)
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, pdf in pages:
            archive.writestr(ZipInfo(name, source.now.timetuple()[:6]), pdf)
            done += 1
            progress.step(min(done, total), total)
    return done


def stem(*parts: object) -> str:
    """Letters, digits and hyphens."""
    return file_name(*map(str, parts)).removesuffix(".csv")


def course_of(one: CourseExport) -> bytes:
    """The pages of one course."""
    return course_pdf(db.session.get_one(Course, one.owner.course_id), SIZE)


def name_of(one: SessionRecord, mask: Mask) -> str:
    """`p-1001-session-2-9f2c41d7.pdf`; masked, her pseudonym and that of the session."""
    own = mask.of(one.patient_id)
    number, id_ = own.number(one.patient_number), own.id(one.id)[-8:]
    return f"{stem(number, 'session', one.number, id_)}.pdf"


def printed(session_id: UUID, mask: Mask) -> bytes:
    """The record of a session; masked, without names, words and days."""
    session = db.session.get_one(TreatmentSession, session_id)
    content = known(session)
    content |= summary(content)
    return record_of(content if mask.is_plain else content | hidden(content, words=False), SIZE)


ZIP = (".zip", "application/zip")
RECORDS = Format(
    "records",
    "Session records",
    "one PDF per session, in a ZIP",
    *ZIP,
    write_records,
    has_tables=False,
)
COURSES = Format(
    "courses",
    "Courses on paper",
    "two pages per course as PDF, in a ZIP",
    *ZIP,
    write_courses,
    identified_only=True,
    has_tables=False,
)
