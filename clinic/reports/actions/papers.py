"""This file is about exports on paper: the record of each session, the pages of each course.

The rooms before this one say how their records are printed.
"""

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from clinic.core import paper
from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules import SessionRecord, Subject
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress


def write_records(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """One tagged PDF for each session; how many."""
    pages = (
        (name_of(one, mask), paper.printed("session", one.id, named=mask.is_plain))
        for part in source.sessions()
        for one in part
    )
    return archived(pages, source, Subject.SESSION, file, progress)


def write_courses(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """Two pages for each course; how many courses. They name her, so a mask is refused."""
    pages = (
        (
            f"{stem(one.owner.patient_number, one.owner.course_id)}.pdf",
            paper.printed("course", one.owner.course_id, named=mask.is_plain),
        )
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


def name_of(one: SessionRecord, mask: Mask) -> str:
    """`p-1001-session-2-9f2c41d7.pdf`; masked, her pseudonym and that of the session."""
    own = mask.of(one.patient_id)
    number, id_ = own.number(one.patient_number), own.id(one.id)[-8:]
    return f"{stem(number, 'session', one.number, id_)}.pdf"


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
