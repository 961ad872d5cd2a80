"""This file is about making a patient's own copy: two spellings of one content, and the event."""

import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from flask import render_template

from clinic.core import audit, clock
from clinic.core.db import db
from clinic.disclosure.queries import OwnCopy, Part
from clinic.disclosure.rules import FORMAT, LEFT_OUT, in_words, readable
from clinic.operations.rules import spelled

SHEET = Path(__file__).parents[1] / "static" / "css" / "own-copy.css"


def copy_of(copy: OwnCopy, *, number: str, clinic_name: str) -> bytes:
    """A ZIP with `record.json` and `record.htm`, which say the same, and the page's style."""
    head = {"number": number, "clinic": clinic_name, "made_at": clock.now().isoformat()}
    page = render_template(
        "disclosure/record.html",
        **head,
        copy=copy,
        parts=[(part, in_words(part.table), list(lines(copy, part))) for part in copy.parts],
        left_out=LEFT_OUT,
        in_words=in_words,
        readable=readable,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("record.json", json.dumps(head | tree(copy), ensure_ascii=False, indent=1))
        archive.writestr("record.htm", page)
        archive.writestr("record.css", SHEET.read_text())
    return file.getvalue()


def tree(copy: OwnCopy) -> dict[str, Any]:
    """The content for programs: every row by table and column, who looked, what was changed."""
    return {
        "format": FORMAT,
        "people": {str(person_id): name for person_id, name in copy.names.items()},
        "left_out": LEFT_OUT,
        "tables": {
            part.table: [{name: spelled(value) for name, value in row.items()} for row in part.rows]
            for part in copy.parts
        },
        "who_looked": [
            {
                "at": look.at.isoformat(),
                "person": person(copy, look.person_id),
                "page": look.page,
                "emergency": look.emergency,
            }
            for look in copy.looks
        ],
        "changed": [
            {
                "at": one.at.isoformat(),
                "person": person(copy, one.person_id),
                "action": one.action,
                "record": one.record,
                "before": one.before,
            }
            for one in copy.changes
        ],
    }


def person(copy: OwnCopy, person_id: uuid.UUID | None) -> str:
    """A name; the program where nobody did it."""
    return copy.names.get(person_id, str(person_id)) if person_id else "the program"


def lines(copy: OwnCopy, part: Part) -> Any:
    """The rows for people: (words, value), without ids that name no person and without blanks."""
    for row in part.rows:
        yield [
            (in_words(name.removesuffix("_id")), said)
            for name, value in row.items()
            if (said := as_said(copy, value))
        ]


def as_said(copy: OwnCopy, value: Any) -> Any:
    """A value for people; nothing for an id of a record."""
    if isinstance(value, uuid.UUID):
        return copy.names.get(value, "")
    if isinstance(value, bytes):
        return f"a file of {len(value)} bytes, see record.json"
    return value if hasattr(value, "isoformat") else readable(spelled(value))


def note_copy(patient_id: uuid.UUID, purpose: str) -> None:
    """Write down who took a copy of her record along, and what for."""
    audit.note(db.session(), "own-copy", "Patient", patient_id=patient_id, purpose=purpose)
