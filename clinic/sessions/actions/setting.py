"""This file is about what surrounds an entry when the session is asked whether it takes it."""

import uuid

from sqlalchemy import select

from clinic.accounts.models import Membership
from clinic.accounts.queries import names_of, own_clinic, staff
from clinic.accounts.queries.duties import in_charge
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import answered_for, last_dose_before, obstacles_at, plan_of
from clinic.sessions.rules import SessionState, log
from clinic.sessions.rules.admission import Load, Setting, beyond_limit


def setting_of(session: TreatmentSession, before: SessionState, entry: log.Entry) -> Setting:
    """What surrounds an entry; consent and decision are asked for again with the dose."""
    dose, begun = isinstance(entry, log.Administration), before.clock.t0 is not None
    return Setting(
        plan=plan_of(session),
        state=before,
        planned_at=session.planned_at,
        timezone=acting().timezone,
        last_dose_at=last_dose_before(session) if dose else None,
        obstacles=obstacles_at(session.course_id, entry.effective_at, begun=begun) if dose else (),
        author_name=author_name(entry),
        prescribers=people_who(Permission.SESSION_ORDER, entry, log.Order),
        loggers=people_who(Permission.SESSION_LOG, entry, log.Handover),
        load=load_of(session, before, entry.author_id)
        if makes_responsible(before, entry)
        else None,
    )


def makes_responsible(before: SessionState, entry: log.Entry) -> bool:
    """Whether its author answers for this session only from this entry on; paper makes nobody."""
    if entry.transcribed or entry.corrects_id is not None:
        return False
    if isinstance(entry, log.Transition):
        return entry.event is log.TransitionEvent.CHECKED_IN
    takes = isinstance(entry, log.Handover) and entry.event is not log.HandoverEvent.OFFERED
    return takes and before.responsible_id != entry.author_id


def load_of(session: TreatmentSession, before: SessionState, person_id: uuid.UUID) -> Load | None:
    """How many somebody has, where it is a nurse and the clinic has set a limit."""
    most = own_clinic().most_sessions_per_nurse
    if most is None or person_id not in dict(staff(Role.NURSE)):
        return None
    one_at_a_time(person_id)
    others = answered_for(person_id, before.now, beside=session.id)
    return Load(others, most, frozenset(in_charge(before.now)))


def one_at_a_time(person_id: uuid.UUID) -> None:
    """Two sessions taken over by one nurse at the same moment are counted one after the other."""
    place = select(Membership.id).where(
        Membership.user_id == person_id, Membership.clinic_id == acting().clinic_id
    )
    db.session.execute(place.with_for_update())


def refuse_beyond_limit(session: TreatmentSession, before: SessionState) -> None:
    """Raise Unprocessable when the acting nurse answers for as many sessions as she may (D8.1)."""
    found = [*beyond_limit(load_of(session, before, acting().actor_id), before)]
    if found:
        raise Unprocessable({"event": [objection.sentence for objection in found]})


def author_name(entry: log.Entry) -> str:
    """How the author is called, where a second person is named beside."""
    is_asked = isinstance(entry, log.Supply)
    return names_of([entry.author_id]).get(entry.author_id, "") if is_asked else ""


def people_who(
    permission: Permission, entry: log.Entry, kind: type[log.Entry]
) -> frozenset[uuid.UUID]:
    """Those of the clinic who may do something; asked only for an entry of that kind."""
    if not isinstance(entry, kind):
        return frozenset()
    roles = [role for role in Role if permission in GRANTS[role]]
    return frozenset(person for role in roles for person, _ in staff(role))
