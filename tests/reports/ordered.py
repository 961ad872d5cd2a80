"""This file is about exports that are ordered and made in tests, without a worker of their own."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic.core.acting import Acting, act_as
from clinic.core.db import apart, job
from clinic.reports import actions
from clinic.reports.commands import make_next
from clinic.reports.models import ExportJob
from clinic.reports.rules import Period
from clinic.reports.rules.ordering import Order

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def ordered(app: Flask, somebody: Acting, **given: Any) -> Any:
    """Order a file; the id of its job."""
    asked = {"what": ("sessions", "observations"), "period": MARCH, "identified": True}
    with app.app_context(), act_as(somebody), job():
        return actions.order_export(Order(**asked | given), "Yearly audit").id


def made(app: Flask, somebody: Acting) -> bool | None:
    """Make the next file of the clinic, as a worker does; None: nothing waits."""
    with app.app_context():
        return make_next(Acting(somebody.clinic_id, somebody.clinic_id, somebody.timezone))


def job_of(app: Flask, somebody: Acting, job_id: Any) -> ExportJob:
    """How a file stands."""
    with app.app_context(), act_as(somebody), apart(write=False) as session:
        return session.scalars(select(ExportJob).where(ExportJob.id == job_id)).one()
