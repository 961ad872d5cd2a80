"""This file is about what surrounds an entry when the session is asked whether it takes it."""

import uuid

from clinic.accounts.queries import names_of, staff
from clinic.core.acting import acting
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import last_dose_before, obstacles_at, plan_of
from clinic.sessions.rules import SessionState, log
from clinic.sessions.rules.admission import Setting


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
    )


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
