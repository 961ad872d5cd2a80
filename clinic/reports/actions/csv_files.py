"""This file is about CSV files in one archive: one for each table, and what they mean."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from clinic.reports.actions.formats import Format
from clinic.reports.actions.pouring import pour, tables_of
from clinic.reports.queries.source import Source
from clinic.reports.rules import Table
from clinic.reports.rules.column import head, line_of
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import all_rows
from clinic.reports.rules.tables import DICTIONARY, described


def write(order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress) -> int:
    """Every table in pieces first, since all are filled in one reading."""
    pieces = progress.pieces

    def take(table: Table, one: Any) -> None:
        own = mask.of(one.patient_id)
        lines = [line_of(table.columns, row, own) for row in table.rows(one)]
        if lines:
            pieces.add(table.code, "".join(lines).encode(), len(lines))

    pour(order, source, progress, take)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables_of(order):
            whole = chain([table.head().encode()], pieces.read(table.code))
            put(archive, f"{table.code}.csv", source, whole)
        put(archive, "dictionary.csv", source, ["".join(dictionary_of(order)).encode()])
    return all_rows(pieces)


def put(archive: ZipFile, name: str, source: Source, stretches: Iterable[bytes]) -> None:
    """Put one file into the archive, stretch by stretch."""
    entry = ZipInfo(name, source.now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as into:
        for stretch in stretches:
            into.write(stretch)


def dictionary_of(order: Order) -> Iterator[str]:
    """The dictionary of the tables of an order."""
    yield head(DICTIONARY)
    for one in described():
        if one.table.code in order.what:
            yield line_of(DICTIONARY, one)


CSV = Format(
    "csv", "CSV", "one file per table, in a ZIP", ".zip", "application/zip", write, has_trail=True
)
