"""This file is about files of FHIR R4: NDJSON by type in an archive, or one course as a bundle."""

import json
from datetime import UTC
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from clinic.exchange.actions.reading import code_book_of_app, subjects
from clinic.exchange.queries import asks_for
from clinic.exchange.rules.fhir import EVERYTHING, Json, bundle, questionnaires, resources
from clinic.exchange.rules.sdtm import codes_file
from clinic.exchange.rules.writing import json_text
from clinic.reports.actions.csv_files import put
from clinic.reports.actions.formats import Format
from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.pieces import Pieces, all_rows, lines_of

FHIR_JSON = "application/fhir+json"


def write_bulk(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """A line for each resource; how many there are."""
    pieces = progress.pieces

    def take(one: Json) -> None:
        pieces.add(one["resourceType"], f"{json_text(one)}\n".encode())

    scales = {json.loads(line)["id"] for line in lines_of(pieces.read("Questionnaire"))}
    for lens, dossier in subjects(source, mask, progress):
        for scale in questionnaires(lens, dossier):
            if scale["id"] not in scales:
                scales.add(scale["id"])
                take(scale)
        for one in resources(lens, dossier, parts_of(source)):
            take(one)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for kind in sorted(pieces.sections()):
            put(archive, f"{kind}.ndjson", source, pieces.read(kind))
        put(archive, "manifest.json", source, [manifest(source, pieces).encode()])
        put(archive, "codes.csv", source, [codes_file(code_book_of_app()).encode()])
    return all_rows(pieces)


def parts_of(source: Source) -> list[str]:
    """The parts of sessions that an order asks for."""
    return [code for code in EVERYTHING if asks_for(source, code)]


def manifest(source: Source, pieces: Pieces) -> str:
    """What is in the archive, after the pattern of bulk data."""
    found = [
        {"type": kind, "url": f"{kind}.ndjson", "count": pieces.rows(kind)}
        for kind in sorted(pieces.sections())
    ]
    return json_text({"transactionTime": moment(source), "output": found, "error": []})


def moment(source: Source) -> str:
    """The moment whose state the file shows."""
    return source.now.astimezone(UTC).isoformat(timespec="seconds")


def write_bundle(
    _order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress
) -> int:
    """One course as a document; how many resources it holds."""
    found: list[Json] = []
    for lens, dossier in subjects(source, mask, progress):
        found += questionnaires(lens, dossier)
        found += resources(lens, dossier, parts_of(source))
    file.write(json_text(bundle(code_book_of_app(), found, moment(source))).encode())
    return len(found)


BULK = Format(
    "fhir",
    "FHIR R4",
    "NDJSON, one file per type, in a ZIP; identified, it names her",
    ".zip",
    "application/zip",
    write_bulk,
)
BUNDLE = Format(
    "fhir-bundle",
    "FHIR R4 bundle",
    "one course as one document; identified, it names her",
    ".json",
    FHIR_JSON,
    write_bundle,
    one_course=True,
)
