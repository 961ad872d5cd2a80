"""This file is about who acts in the demonstration, and what moment it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.accounts.models import Clinic, User
from clinic.core import clock
from clinic.core.acting import Acting, act_as, acting
from clinic.core.db import db, job
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.demo.rules.cast import STAFF, DemoPerson


def people(code: str, role: Role) -> list[DemoPerson]:
    """Those of the cast who have a role in a clinic."""
    return [person for person in STAFF if (code, role.value) in person.places]


def worker(code: str, role: Role, turn: int = 0) -> Acting:
    """One of the cast who has a role in a clinic, at work; they take turns."""
    there = people(code, role)
    email = there[turn % len(there)].email
    user_id = db.session.scalars(select(User.id).where(User.email == email)).one()
    clinic_id, zone = db.session.execute(
        select(Clinic.id, Clinic.timezone).where(Clinic.code == code)
    ).one()
    db.session.rollback()
    return Acting(user_id, clinic_id, ZoneInfo(zone))


@contextmanager
def at_work(code: str, role: Role, turn: int = 0) -> Iterator[Acting]:
    """Somebody of the cast does something, in one transaction."""
    with act_as(worker(code, role, turn)) as somebody, job():
        yield somebody


def proof() -> Proof:
    """The acting person, as if they had just signed in."""
    user = db.session.get_one(User, acting().actor_id)
    return Proof(user.id, f"{user.title} {user.full_name}" if user.title else user.full_name)


def moment(now: datetime, ago: int, at: str) -> datetime:
    """A time of day on the clinic's wall, days before today.

    Days are 24 hours each: a change of the clocks moves the wall and not the distance.
    """
    zone = acting().timezone
    wall = datetime.combine(now.astimezone(zone).date(), time.fromisoformat(at), zone)
    return wall.astimezone(clock.now().tzinfo) - timedelta(hours=24 * ago)
