"""This file is about the list of scales as a file for an audit: never a word of a scale in it."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from flask import Response, g

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.instruments import queries
from clinic.instruments.queries import Registered
from clinic.instruments.rules.licences import Medium
from clinic.instruments.views.blueprints import library
from clinic.instruments.views.scales import people_of
from clinic.notation.rules.spreadsheet import file_name, line, safe

People = Mapping[uuid.UUID, str]
Cell = Callable[[Registered], Any]


def phone(row: Registered) -> str:
    """Open, or the sentence that says why not."""
    return row.registration.why_not(Medium.PHONE) or "open"


COLUMNS: dict[str, Cell] = {
    "code": attrgetter("scale.code"),
    "scale": attrgetter("scale.name"),
    "version": attrgetter("scale.version"),
    "language": attrgetter("registration.language"),
    "owner": attrgetter("scale.owner"),
    "licence in general": attrgetter("scale.licence.status"),
    "citation": attrgetter("scale.citation"),
    "evidence": attrgetter("registration.evidence_state"),
    "asked at": lambda row: row.asked and row.asked.recorded_at,
    "reference": lambda row: row.evidence and row.evidence.reference,
    "valid until": lambda row: row.evidence and row.evidence.ends_on,
    "covers": lambda row: row.evidence and row.evidence.covers,
    "translation validated": lambda row: row.evidence and row.evidence.translation,
    "file": lambda row: row.evidence and row.evidence.file_name,
    "file sha256": lambda row: row.evidence and row.evidence.file_digest,
    "on file since": lambda row: row.evidence and row.evidence.recorded_at,
    "put on file by": lambda row: row.evidence and row.evidence.recorded_by_id,
    "wording": attrgetter("registration.wording_state"),
    "wording version": lambda row: row.in_force and row.in_force.n,
    "wording sha256": lambda row: row.in_force and row.in_force.digest,
    "loaded at": lambda row: row.in_force and row.in_force.loaded_at,
    "loaded by": lambda row: row.in_force and row.in_force.loaded_by_id,
    "compared at": lambda row: row.comparison and row.comparison.compared_at,
    "compared by": lambda row: row.comparison and row.comparison.compared_by_id,
    "phone": phone,
    "retired": lambda row: "yes" if row.registration.retired else "no",
}


@library.get("/settings/scales.csv")
@requires(Permission.PROTOCOL_READ)
def export() -> Response:
    """Every scale in each language: owner, evidence, wording, who and when."""
    rows = queries.register()
    people = people_of(rows)
    cells = ([written(cell(row), people) for cell in COLUMNS.values()] for row in rows)
    lines = [line(COLUMNS), *(line(map(safe, row)) for row in cells)]
    answer = Response("\ufeff" + "".join(lines), mimetype="text/csv")
    name = file_name(g.standing.clinic_name, "scales", clock.today().isoformat())
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def written(value: Any, people: People) -> str:
    """A cell: moments in ISO 8601, a person by name, nothing for none."""
    if isinstance(value, uuid.UUID):
        return people.get(value, "")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
