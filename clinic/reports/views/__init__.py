"""This package is about the pages of reports: figures, exports, what each column means."""

from flask import Flask

from clinic import sessions
from clinic.core import records
from clinic.reports.models import FormSubmission
from clinic.reports.views import (
    exports,
    inspection,
    jobs,
    obligation_settings,
    obligations,
    outcomes,
    saved,
)
from clinic.reports.views.blueprint import bp
from clinic.reports.views.outcome_file import OUTCOMES

__all__ = [
    "OUTCOMES",
    "bp",
    "exports",
    "inspection",
    "jobs",
    "obligation_settings",
    "obligations",
    "outcomes",
    "saved",
]


def open_obligations(app: Flask) -> None:
    """What a clinic owes to those outside: forms, serious events, the inspection of a session."""
    records.register("submission_id", FormSubmission, "patient_id")
    app.register_blueprint(obligations.bp)
    app.register_blueprint(inspection.bp)
    sessions.add_notice(app, "registry-form", obligations.notice)
