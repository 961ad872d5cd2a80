"""This file is about who tried to reach her, and whose a follow-up is."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from clinic.core.db import db
from clinic.followups.models import Contact, FollowUp
from clinic.followups.rules import Reached
from clinic.sessions.models import TreatmentSession

Key = tuple[uuid.UUID, str, uuid.UUID | None]


def tries_of(course_ids: Collection[uuid.UUID]) -> dict[Key, list[Contact]]:
    """Contacts in which she was not reached, as they stand, by follow-up, oldest first."""
    found: dict[Key, list[Contact]] = defaultdict(list)
    rows = select(Contact).where(Contact.course_id.in_(course_ids), Contact.reached != Reached.YES)
    tries = db.session.scalars(rows.order_by(Contact.contacted_at, Contact.id)).all()
    corrected = {row.corrects_id for row in tries}
    for row in tries:
        if row.id not in corrected:
            found[row.course_id, row.code, row.session_id].append(row)
    return found


def owners_of(course_ids: Collection[uuid.UUID]) -> dict[Key, uuid.UUID]:
    """Who last wrote of a follow-up."""
    rows = select(FollowUp).where(FollowUp.course_id.in_(course_ids))
    return {(r.course_id, r.code, r.session_id): r.owner_id for r in db.session.scalars(rows)}


def psychiatrists_of(course_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Course -> who ordered its newest session."""
    sessions = select(TreatmentSession.course_id, TreatmentSession.ordered_by_id)
    hers = sessions.where(TreatmentSession.course_id.in_(course_ids))
    rows = db.session.execute(hers.order_by(TreatmentSession.number))
    return {row.course_id: row.ordered_by_id for row in rows}
