"""This file is about noting an export before it leaves, or refusing it."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from clinic.accounts.models import User
from clinic.core import audit, clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import DomainError
from clinic.reports import queries
from clinic.reports.models import Export
from clinic.reports.rules.ordering import Order

AN_HOUR = timedelta(hours=1)


class TooManyExports(DomainError):
    """This person exported as often as anybody may in an hour. `wait` in seconds."""

    status = 429

    def __init__(self, most: int, wait: int) -> None:
        minutes = -(-wait // 60)
        super().__init__(f"At most {most} exports an hour. Try again in {minutes} min.")
        self.wait = wait


def record_export(order: Order, purpose: str) -> Export:
    """Write down who takes what, and put it into the trail. Raises TooManyExports."""
    refuse_too_many()
    export = Export(
        what=" ".join(order.what),
        first_on=order.period.first_on,
        last_on=order.period.last_on,
        protocols=" ".join(order.protocols),
        routes=" ".join(order.routes),
        course_id=order.course_id,
        identified=order.identified,
        format=order.format,
        purpose=purpose,
        created_by_id=acting().actor_id,
        created_at=clock.now(),
    )
    db.session.add(export)
    db.session.flush()
    audit.note(db.session(), "export", "Export", export.id, **said(export))
    return export


def said(export: Export) -> dict[str, Any]:
    """What the trail holds of an export."""
    return {
        "what": export.what,
        "first_on": export.first_on.isoformat(),
        "last_on": export.last_on.isoformat(),
        "protocols": export.protocols,
        "routes": export.routes,
        "course": str(export.course_id) if export.course_id else None,
        "identified": export.identified,
        "format": export.format,
        "purpose": export.purpose,
    }


def refuse_too_many() -> None:
    """Count this person's exports of the last hour, one request after the other."""
    me = acting().actor_id
    db.session.execute(select(User.id).where(User.id == me).with_for_update())
    now, most = clock.now(), current_app.config["EXPORTS_PER_HOUR"]
    times = queries.times_since(me, now - AN_HOUR)
    if len(times) >= most:
        free_at = times[-most] + AN_HOUR
        raise TooManyExports(most, max(1, -(-(free_at - now) // timedelta(seconds=1))))
