"""This file is about the order of rows in a de-identified file: woman by woman, in no true order.

Rows in the order of their true days would tell by how many days two women were moved apart.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from clinic.core.db import db, end_reading
from clinic.patients.models import Patient
from clinic.reports.queries.wanted import NOBODY, Wanted
from clinic.reports.rules import Period
from clinic.reports.rules.masks import Mask

P = TypeVar("P")
LAST = "~"  # after every pseudonym
Parts = Callable[[Period, datetime, Wanted], Iterator[list[P]]]


def in_order(
    parts: Parts[P], period: Period, now: datetime, wanted: Wanted, mask: Mask
) -> Iterator[list[P]]:
    """The parts as they are read; masked, those of one woman after those of another.

    What is of nobody comes last.
    """
    if mask.is_plain or wanted.course_id is not None:
        yield from parts(period, now, wanted)
        return
    bookmark = wanted.bookmark
    for patient_id in (*shuffled(mask, wanted.after), *nobody(wanted.after)):
        if bookmark:
            bookmark.opens()
        yield from parts(period, now, replace(wanted, patient_id=patient_id, bookmark=None))
        if bookmark:
            bookmark.stands(place_of(patient_id, mask))
            yield []


def shuffled(mask: Mask, after: str | None = None) -> list[uuid.UUID]:
    """Everybody, in the order of their pseudonyms; those after a place in it."""
    ids = db.session.scalars(select(Patient.id)).all()
    end_reading()
    found = sorted(ids, key=mask.of(None).id)
    return [one for one in found if after is None or place_of(one, mask) > after]


def nobody(after: str | None) -> tuple[uuid.UUID, ...]:
    """What is of nobody, unless it was read."""
    return () if after == LAST else (NOBODY,)


def place_of(patient_id: uuid.UUID, mask: Mask) -> str:
    """The place of a woman in that order."""
    return LAST if patient_id == NOBODY else mask.of(None).id(patient_id)
