"""This file is about exports on paper: the printed record of each session, in one archive.

Printing needs the pages of sessions, so this format is made here and not beside the others.
"""

from typing import BinaryIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from clinic.core.db import db
from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules import SessionRecord, Subject
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.sessions.models import TreatmentSession
from clinic.sessions.views.deidentified import hidden
from clinic.sessions.views.printing import known, record_of, summary

SIZE = "a4"


def write_records(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """One tagged PDF for each session; how many."""
    total, done = source.count(Subject.SESSION), 0
    progress.step(0, total)
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for part in source.sessions():
            for one in part:
                entry = ZipInfo(name_of(one, mask), source.now.timetuple()[:6])
                archive.writestr(entry, printed(one.id, mask))
                done += 1
                progress.step(min(done, total), total)
    return done


def name_of(one: SessionRecord, mask: Mask) -> str:
    """`P-1001-session-2-9f2c41d7.pdf`; masked, her pseudonym and that of the session."""
    own = mask.of(one.patient_id)
    parts = (own.number(one.patient_number), f"session-{one.number}", own.id(one.id)[-8:])
    return file_name(*parts).removesuffix(".csv") + ".pdf"


def printed(session_id: UUID, mask: Mask) -> bytes:
    """The record of a session; masked, without names, words and days."""
    session = db.session.get_one(TreatmentSession, session_id)
    content = known(session)
    content |= summary(content)
    return record_of(content if mask.is_plain else content | hidden(content, words=False), SIZE)


RECORDS = Format(
    "records",
    "Session records",
    "one PDF per session, in a ZIP",
    ".zip",
    "application/zip",
    write_records,
)
