"""This file is about exports on paper: the record of each session, the pages of each course.

The rooms before this one say how their records are printed.
"""

from collections.abc import Callable
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from clinic.core import paper
from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules import CourseExport, SessionRecord, Subject
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import END, Bookmark

Page = tuple[str, bytes]  # name of the file, PDF


def write_records(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """One tagged PDF for each session; how many."""

    def page(one: SessionRecord) -> Page:
        return name_of(one, mask), paper.printed("session", one.id, named=mask.is_plain)

    print_all(Subject.SESSION, source, page, progress)
    return archived(source, file, progress)


def write_courses(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """Two pages for each course; how many courses. They name her, so a mask is refused."""

    def page(one: CourseExport) -> Page:
        name = f"{stem(one.owner.patient_number, one.owner.course_id)}.pdf"
        return name, paper.printed("course", one.owner.course_id, named=mask.is_plain)

    print_all(Subject.COURSE, source, page, progress)
    return archived(source, file, progress)


def print_all(
    subject: Subject, source: Source, page: Callable[[Any], Page], progress: Progress
) -> None:
    """Print what is in no piece yet."""
    kept, total = progress.pieces.mark, source.count(subject)
    done = kept.done if kept else 0
    progress.step(min(done, total), total)
    if kept is not None and kept.reader == END:
        return
    bookmark = Bookmark(kept.after if kept else None)
    for part in source.parts(subject, bookmark):
        for one in part:
            progress.pieces.add(*page(one))
            done += 1
            progress.step(min(done, total), total)
        progress.step(min(done, total), total, bookmark.mark(subject.value, done))
    progress.end(total)


def archived(source: Source, file: BinaryIO, progress: Progress) -> int:
    """The printed pages in one archive; how many."""
    names = progress.pieces.sections()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name in names:
            pdf = b"".join(progress.pieces.read(name))
            archive.writestr(ZipInfo(name, source.now.timetuple()[:6]), pdf)
    return len(names)


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
