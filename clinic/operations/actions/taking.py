"""This file is about writing everything that a clinic owns into one file."""

import hashlib
import json
import uuid
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Table

from clinic.accounts.queries import own_clinic
from clinic.core import audit, clock
from clinic.core.acting import acting
from clinic.core.db import apart, db, end_reading, job
from clinic.core.verify import chains, unmoved
from clinic.operations import queries
from clinic.operations.rules import Manifest, spelled


def take(file: BinaryIO, purpose: str) -> Manifest:
    """Everything of the acting clinic as of one moment. That it was taken stands in its trail."""
    clinic_id, made_at = acting().clinic_id, clock.now().isoformat()
    with job():
        audit.note(db.session(), "export-clinic", "Clinic", clinic_id, purpose=purpose)
    code = own_clinic().code
    end_reading()
    with apart(write=False) as session, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        connection = session.connection(execution_options=unmoved(session))
        trail = next(one for one in chains(connection) if one.chain_id == clinic_id)
        tables = {
            table.name: written(archive, connection, table, clinic_id)
            for table in queries.clinic_tables()
        }
        head = {"events": trail.events, "hash": trail.hash}
        manifest = Manifest(code, str(clinic_id), made_at, tables, head)
        archive.writestr("schema.json", as_json(queries.schema()))
        archive.writestr("manifest.json", as_json(manifest.as_tree()))
    return manifest


def written(
    archive: ZipFile, connection: Connection, table: Table, clinic_id: uuid.UUID
) -> dict[str, Any]:
    """The rows of one table, a line of JSON each; how many, and the SHA-256 of all of it."""
    rows, digest = 0, hashlib.sha256()
    with archive.open(f"data/{table.name}.ndjson", "w", force_zip64=True) as lines:
        for page in queries.pages(connection, table, clinic_id):
            text = "".join(line_of(row) for row in page).encode()
            lines.write(text)
            digest.update(text)
            rows += len(page)
    return {"rows": rows, "sha256": digest.hexdigest()}


def line_of(row: dict[str, Any]) -> str:
    """One row as a line."""
    said = {name: spelled(value) for name, value in row.items()}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_json(tree: Any) -> str:
    """A tree to read."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
