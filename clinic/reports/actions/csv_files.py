"""This file is about CSV files in one archive: one for each table, and what they mean."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from clinic.reports.actions.formats import Format
from clinic.reports.actions.pouring import pour, tables_of
from clinic.reports.queries.source import Source
from clinic.reports.rules import Table
from clinic.reports.rules.column import head, line_of
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.tables import DICTIONARY, described


def write(order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress) -> int:
    """Every table beside the archive first, since all are filled in one reading."""
    with ExitStack() as open_files:
        beside = {
            t.code: open_files.enter_context(spooled(progress.place)) for t in tables_of(order)
        }
        for table in tables_of(order):
            beside[table.code].write(table.head())

        def take(table: Table, one: Any) -> int:
            own = mask.of(one.patient_id)
            lines = [line_of(table.columns, row, own) for row in table.rows(one)]
            beside[table.code].writelines(lines)
            return len(lines)

        rows = pour(order, source, progress, take)
        words = BytesIO("".join(dictionary_of(order)).encode())
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for code, written in beside.items():
                written.flush()
                put(archive, f"{code}.csv", source, written.buffer)
            put(archive, "dictionary.csv", source, words)
    return rows


def spooled(place: Path) -> TextIOWrapper:
    """A file without a name, gone with the worker."""
    return TextIOWrapper(TemporaryFile("w+b", dir=place), encoding="utf-8", newline="")


def put(archive: ZipFile, name: str, source: Source, written: Any) -> None:
    """Copy one file into the archive, piece by piece."""
    written.seek(0)
    entry = ZipInfo(name, source.now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as into:
        shutil.copyfileobj(written, into)


def dictionary_of(order: Order) -> Iterator[str]:
    """The dictionary of the tables of an order."""
    yield head(DICTIONARY)
    for one in described():
        if one.table.code in order.what:
            yield line_of(DICTIONARY, one)


CSV = Format(
    "csv", "CSV", "one file per table, in a ZIP", ".zip", "application/zip", write, has_trail=True
)
