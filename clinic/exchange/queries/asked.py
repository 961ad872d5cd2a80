"""This file is about what an order comes to for one woman: sessions, answers, follow-ups."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clinic.exchange.rules.dossier import Contact
from clinic.followups.rules import Reached
from clinic.instruments.queries import histories_of
from clinic.reports.queries.beside_parts import follow_up_parts
from clinic.reports.queries.course_parts import score_parts
from clinic.reports.queries.source import Source
from clinic.reports.queries.stream import session_parts
from clinic.reports.queries.wanted import Wanted
from clinic.reports.rules import ScoreExport, SessionRecord
from clinic.reports.rules.beside_record import ContactExport, FollowUpExport

Contacts = Mapping[uuid.UUID, Sequence[Contact]]


@dataclass(frozen=True)
class Found:
    """What there is of one woman in the period. `contacts`: by course."""

    sessions: Sequence[SessionRecord]
    scores: Sequence[ScoreExport]
    contacts: Contacts

    @property
    def course_ids(self) -> set[uuid.UUID]:
        """The courses to which something belongs."""
        of_scores = {score.owner.course_id for score in self.scores}
        return {session.course_id for session in self.sessions} | of_scores | set(self.contacts)


def asks_for(source: Source, code: str) -> bool:
    """Whether a table is asked for; an order that names none asks for all."""
    return not source.order.what or code in source.order.what


def found_of(source: Source, patient_id: uuid.UUID) -> Found:
    """What there is of one woman."""
    period, wanted = source.order.period, replace(source.wanted, patient_id=patient_id)
    parts = session_parts(period, source.now, wanted)
    sessions = [one for part in parts for one in part]
    return Found(sessions, scores_of(source, wanted), contacts_of(source, wanted))


def scores_of(source: Source, wanted: Wanted) -> list[ScoreExport]:
    """Her answers of the period, each under the id of its first version."""
    if not asks_for(source, "scores"):
        return []
    parts = score_parts(source.order.period, source.now, wanted)
    found = [one for part in parts for one in part]
    courses = {one.owner.course_id for one in found}
    roots = {use.response.id: use.versions[0].id for id_ in courses for use in histories_of(id_)}
    return [replace(one, id=roots[one.id]) for one in found]


def contacts_of(source: Source, wanted: Wanted) -> Contacts:
    """Course -> the follow-ups of the period in which she was reached."""
    found: dict[uuid.UUID, list[Contact]] = defaultdict(list)
    if asks_for(source, "follow-ups"):
        for part in follow_up_parts(source.order.period, source.now, wanted):
            for one in part:
                if one.contact and one.contact.reached is Reached.YES:
                    found[one.owner.course_id].append(contact(one, one.contact))
    return found


def contact(follow_up: FollowUpExport, made: ContactExport) -> Contact:
    """One follow-up that reached her."""
    return Contact(
        id=made.id,
        code=follow_up.due.code,
        session_number=follow_up.due.dose.number,
        at=made.contacted_at,
        how=made.how.value,
        author=made.author,
    )
