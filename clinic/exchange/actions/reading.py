"""This file is about reading an order for another system: one woman, what she is seen through."""

import uuid
from collections.abc import Iterator

from flask import current_app

from clinic.exchange.queries import dossiers, patient_ids
from clinic.exchange.rules.codes import CodeBook
from clinic.exchange.rules.dossier import Dossier
from clinic.exchange.rules.lens import Lens
from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Progress
from clinic.reports.rules.pieces import END, Mark

WOMAN = "woman"
BOOK = "clinic.codes"


def code_book_of_app() -> CodeBook:
    """The codes that are shipped, with the map that the operator loaded."""
    book: CodeBook = current_app.extensions[BOOK]
    return book


def subjects(source: Source, mask: Mask, progress: Progress) -> Iterator[tuple[Lens, Dossier]]:
    """Each woman of whom there is something in an order and nothing in a piece yet.

    Lets Cancelled through.
    """
    kept, ids, book = progress.pieces.mark, patient_ids(source, mask), code_book_of_app()
    begun = begin_at(ids, kept)
    progress.step(begun, len(ids))
    for done, dossier in enumerate(dossiers(source, ids[begun:]), begun + 1):
        if dossier.courses:
            yield Lens(dossier.zone, mask.of(dossier.person.id), book, dossier.names), dossier
        mark = Mark(WOMAN, str(dossier.person.id), done)
        progress.step(done, len(ids), mark)
    progress.end(len(ids))


def begin_at(ids: list[uuid.UUID], kept: Mark | None) -> int:
    """How many women the pieces hold already."""
    if kept is None:
        return 0
    return len(ids) if kept.reader == END else ids.index(uuid.UUID(kept.after)) + 1
