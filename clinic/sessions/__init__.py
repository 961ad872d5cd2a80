"""This package is about the monitored session: its log, what follows from it, and its pages."""

from flask import Flask

from clinic.core import records


def init_app(app: Flask) -> None:
    """Open this room, and show a patient's sessions on the front page of her chart."""
    from clinic import patients
    from clinic.sessions import views
    from clinic.sessions.models import TreatmentSession

    records.register("session_id", TreatmentSession, "patient_id")
    app.register_blueprint(views.bp)
    patients.add_panel(app, "sessions", 20, views.panel)
