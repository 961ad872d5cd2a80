"""This file is about files in the shape of SDTM: one for each domain, with their dictionary."""

from itertools import chain
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from clinic.exchange.actions.reading import code_book_of_app, subjects
from clinic.exchange.queries import asks_for
from clinic.exchange.rules.sdtm import DOMAINS, EVERYTHING, Domain, Subject, codes_file, define
from clinic.reports.actions.csv_files import put
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import all_rows

# Which tables of an order fill a domain; who she is and when she came is always told.
FILLED_BY = {
    "EX": ("doses",),
    "VS": ("observations",),
    "AE": ("side-effects",),
    "QS": ("scores", "observations"),
    "CM": ("medicines",),
    "SC": ("courses",),
}


def write(_order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress) -> int:
    """The records of every domain that is asked for; how many there are."""
    pieces, what = progress.pieces, frozenset(code for code in EVERYTHING if asks_for(source, code))
    for lens, dossier in subjects(source, mask, progress):
        subject = Subject(lens, dossier, what)
        for domain in domains_of(what):
            if lines := domain.lines(subject):
                pieces.add(domain.code, "".join(lines).encode(), len(lines))
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for domain in domains_of(what):
            whole = chain([domain.head().encode()], pieces.read(domain.code))
            put(archive, f"{domain.code.lower()}.csv", source, whole)
        put(archive, "define.csv", source, [define().encode()])
        put(archive, "codes.csv", source, [codes_file(code_book_of_app()).encode()])
    return all_rows(pieces)


def domains_of(what: frozenset[str]) -> list[Domain]:
    """The domains that the tables of an order fill."""
    return [d for d in DOMAINS if d.code not in FILLED_BY or what & set(FILLED_BY[d.code])]


SDTM = Format(
    "sdtm",
    "CDISC SDTM",
    "CSV in the shape of SDTM, one file per domain, in a ZIP",
    ".zip",
    "application/zip",
    write,
)
