"""This file is about the trail in words: what each kind of event means, what its file holds."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.notation.rules.spreadsheet import line, safe

ACTIONS = {
    "create": "Made",
    "update": "Changed",
    "delete": "Deleted",
    "open": "Opened",
    "refuse": "Refused",
    "break-glass": "Emergency access",
    "end-break-glass": "Closed an emergency access",
    "see-break-glass": "Looked at an emergency access",
    "export": "Exported records",
    "own-copy": "Made a patient’s own copy",
    "export-clinic": "Took out the whole clinic",
    "import-clinic": "Loaded the whole clinic",
    "export-trail": "Exported the trail",
    "read-trail": "Read the trail",
    "verify-trail": "Checked the chain",
    "enter-clinic": "Came from another clinic",
    "leave-clinic": "Went to another clinic",
    "sign-out": "Signed out",
    "end-sitting": "Ended a sitting",
    "wrong-proof": "Wrong password or code",
    "pause": "Paused after wrong tries",
    "change-password": "Changed the password",
    "make-link": "Made a one-time link",
    "use-link": "Used a one-time link",
    "forget-second-step": "Took a second step off",
    "end-sittings": "Signed somebody out everywhere",
    "ask-for-help": "Asked for help",
    "ask-for-password": "Asked for a new password",
}
COLUMNS = (
    "seq",
    "occurred_at",
    "action",
    "person_id",
    "person",
    "type",
    "record_id",
    "patient_number",
    "request",
    "body",
    "previous_hash",
    "hash",
)


def heading() -> str:
    """The first line of the file."""
    return line(COLUMNS)


def row(values: Mapping[str, Any]) -> str:
    """One event of the file. `body` is as the hash covers it, so that anybody can check it."""
    cells = (values[name] for name in COLUMNS)
    return line(safe("" if cell is None else str(cell)) for cell in cells)


@dataclass(frozen=True)
class Look:
    """One opening of a record: by whom, when, which page, whether in an emergency."""

    person_id: uuid.UUID | None
    at: datetime
    page: str
    emergency: bool


@dataclass(frozen=True)
class Looker:
    """All that one person opened of a record. None: the program, or the patient herself."""

    person_id: uuid.UUID | None
    times: int
    first_at: datetime
    last_at: datetime
    pages: tuple[str, ...]
    emergency: bool


def lookers(looks: Iterable[Look]) -> list[Looker]:
    """Who looked at a record, whoever did last first."""
    by_person: dict[uuid.UUID | None, list[Look]] = {}
    for look in looks:
        by_person.setdefault(look.person_id, []).append(look)
    found = [
        Looker(
            person_id=person_id,
            times=len(own),
            first_at=min(one.at for one in own),
            last_at=max(one.at for one in own),
            pages=tuple(sorted({one.page for one in own})),
            emergency=any(one.emergency for one in own),
        )
        for person_id, own in by_person.items()
    ]
    return sorted(found, key=lambda one: one.last_at, reverse=True)
