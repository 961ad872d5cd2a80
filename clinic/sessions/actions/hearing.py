"""This file is about noticing that a tablet that shows a session is still there (D4.3)."""

import uuid
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from clinic.core import clock
from clinic.core.db import apart, db
from clinic.sessions.models import TabletHeard

SELDOM = timedelta(seconds=30)  # a page asks every few seconds; one write in many is enough
MANY = 1000


def hear(session_id: uuid.UUID) -> None:
    """Write down that a tablet was heard of now, unless this process did so a moment ago.

    In a transaction of its own, after that of the request. A database that is busy is no reason to
    refuse the page: the next time is seconds away.
    """
    written: dict[uuid.UUID, datetime] = current_app.extensions.setdefault("clinic.heard", {})
    now, last = clock.now(), written.get(session_id)
    if last is not None and last <= now < last + SELDOM:
        return
    try:
        write(session_id, now)
    except (IntegrityError, OperationalError):
        return
    if len(written) > MANY:
        written.clear()
    written[session_id] = now


def need_not_hear(session_id: uuid.UUID, until: datetime) -> None:
    """Count a session as heard of until a moment: nobody opens a tablet beside a demonstration."""
    db.session.add(TabletHeard(id=session_id, heard_at=until))


def write(session_id: uuid.UUID, now: datetime) -> None:
    """The moment, in the one row of its session. Never backwards."""
    with apart() as session:
        row = session.scalar(select(TabletHeard).where(TabletHeard.id == session_id))
        if row is None:
            session.add(TabletHeard(id=session_id, heard_at=now))
        elif row.heard_at < now:
            row.heard_at = now
