"""This file is about reading an order for another system: one woman, what she is seen through."""

from collections.abc import Iterator

from flask import current_app

from clinic.exchange.queries import dossiers, patient_ids
from clinic.exchange.rules.codes import CodeBook
from clinic.exchange.rules.dossier import Dossier
from clinic.exchange.rules.lens import Lens
from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Progress

BOOK = "clinic.codes"


def code_book_of_app() -> CodeBook:
    """The codes that are shipped, with the map that the operator loaded."""
    book: CodeBook = current_app.extensions[BOOK]
    return book


def subjects(source: Source, mask: Mask, progress: Progress) -> Iterator[tuple[Lens, Dossier]]:
    """Each woman of whom there is something in an order. Lets Cancelled through."""
    ids, book = patient_ids(source, mask), code_book_of_app()
    progress.step(0, len(ids))
    for done, dossier in enumerate(dossiers(source, ids), 1):
        if dossier.courses:
            yield Lens(dossier.zone, mask.of(dossier.person.id), book, dossier.names), dossier
        progress.step(done, len(ids))
