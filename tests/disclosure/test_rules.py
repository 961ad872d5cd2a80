"""This file is about how a copy reads, and who looked at a record, person by person."""

import uuid
from datetime import UTC, datetime

import pytest

from clinic.accounts.rules.trail import Look, lookers
from clinic.disclosure.rules import readable

AIKO, MARTA = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "yes"),
        ('{"systolic": 120, "not_measured": null}', "Systolic: 120"),
        ("{not json", "{not json"),
        (["a", {"b": 1}], "a, B: 1"),
    ],
)
def test_a_value_reads_as_words(value, words) -> None:
    assert readable(value) == words


def test_who_looked_is_told_by_person_and_an_emergency_stays_marked() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 3, 12, hour, tzinfo=UTC)

    looks = [
        Look(MARTA, at(8), "patients.show", True),
        Look(AIKO, at(9), "patients.show", False),
        Look(AIKO, at(11), "courses.show", False),
        Look(MARTA, at(10), "patients.show", False),
    ]

    aiko, marta = lookers(looks)

    assert (aiko.person_id, aiko.times, aiko.emergency) == (AIKO, 2, False)
    assert (aiko.first_at, aiko.last_at) == (at(9), at(11))
    assert aiko.pages == ("courses.show", "patients.show")
    assert (marta.times, marta.emergency) == (2, True)
