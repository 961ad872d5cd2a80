"""This file is about other treatment in a clinic in which something stands in every room."""

import uuid
from datetime import date
from typing import Any

from clinic.integration.actions import (
    put_on_list,
    record_group,
    record_treatment,
    write_note,
)
from clinic.integration.rules import GroupFacts, Kind, TreatmentFacts
from tests.followups.room import T0


def furnished(course_id: uuid.UUID, word: str) -> dict[str, Any]:
    """A treatment that lasts and a meeting of a group, each text the same word."""
    lasting = TreatmentFacts(
        Kind.DAY_UNIT, word, date(2026, 2, 16), given_by=word, visits_planned=6, note=word
    )
    group = record_group(GroupFacts(Kind.PEER_GROUP, word, T0, therapist_name=word))
    write_note(put_on_list(group, course_id), word)
    return {
        "group_id": group.id,
        "treatment_id": record_treatment(course_id, lasting).id,
    }
