"""This file is about side effects told in the contacts of courses, each contact as it stands."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.queries import protocol_of
from clinic.followups.models import Contact
from clinic.followups.queries.contacts import chains_of
from clinic.followups.queries.of_course import terms_of
from clinic.followups.rules import Told, symptoms
from clinic.protocols.rules import Protocol
from clinic.sessions.queries import doses_of_courses
from clinic.sessions.rules import Dose


def told_in(course_ids: Collection[uuid.UUID], now: datetime) -> dict[uuid.UUID, list[Told]]:
    """Course id -> the side effects told in its contacts until a moment, oldest first."""
    wanted = select(Contact).where(Contact.course_id.in_(course_ids), Contact.contacted_at <= now)
    rows = db.session.scalars(wanted.order_by(Contact.contacted_at, Contact.id)).all()
    doses = doses_of_courses({row.course_id for row in rows})
    found: dict[uuid.UUID, list[Told]] = defaultdict(list)
    for chain in chains_of(rows):
        course_id = chain[-1].course_id
        found[course_id] += told_of(chain, protocol_of(course_id), doses.get(course_id, []))
    return dict(found)


def told_of(chain: Sequence[Contact], protocol: Protocol, doses: Sequence[Dose]) -> Iterator[Told]:
    """What one contact says, by its last version."""
    last = chain[-1]
    moments = {rule.code: rule.text for rule in protocol.follow_ups}
    for symptom in symptoms(last.said(), terms_of(protocol)):
        yield Told(
            contact_id=chain[0].id,
            session_id=last.session_id or dose_before(last.contacted_at, doses),
            code=last.code,
            moment=moments.get(last.code, last.code),
            at=last.contacted_at,
            symptom=symptom,
            author_id=last.author_id,
            corrected=len(chain) > 1,
        )


def dose_before(moment: datetime, doses: Sequence[Dose]) -> uuid.UUID | None:
    """The session of the last dose before a moment; a dose taken back later leaves the first."""
    before = [dose for dose in doses if dose.t0 <= moment] or doses[:1]
    return before[-1].session_id if before else None
