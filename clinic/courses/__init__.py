"""This package is about courses of treatment: under which protocol, since when, how they ended."""

from flask import Flask

from clinic.core import records
from clinic.courses.models import Course

records.register("course_id", Course, "patient_id")


def init_app(app: Flask) -> None:
    """Register the pages, and the panel on a patient's chart."""
    from clinic import patients
    from clinic.courses import views

    app.register_blueprint(views.bp)
    patients.add_panel(app, "courses", 10, views.panel)
