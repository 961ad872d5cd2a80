"""This file is about who is in charge, on site and on call while the demonstration runs."""

from datetime import timedelta

from clinic.accounts.actions import name_for_duty
from clinic.accounts.queries.duties import named_around
from clinic.accounts.rules.duties import DutyKind, held, in_the_way
from clinic.core import clock
from clinic.core.acting import Acting
from clinic.core.permissions import Role
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import CLINICS

SHIFT = timedelta(hours=12)
KINDS = (
    (DutyKind.IN_CHARGE, Role.NURSE, 0),
    (DutyKind.ON_SITE, Role.PSYCHIATRIST, 0),
    (DutyKind.ON_CALL, Role.PSYCHIATRIST, 1),
)


def load_duties() -> None:
    """Whoever is on duty names and accepts it for twelve hours, where nobody else does."""
    for clinic in CLINICS:
        for kind, role, turn in KINDS:
            with at_work(clinic.code, role, turn) as somebody:
                take(kind, somebody)


def take(kind: DutyKind, somebody: Acting) -> None:
    """One duty, unless somebody holds it, or is named for these hours."""
    now = clock.now()
    known = named_around(now)
    if not held(known, kind, now) and in_the_way(known, kind, now, now + SHIFT) is None:
        name_for_duty(kind, somebody.actor_id, starts_at=now, ends_at=now + SHIFT)
