"""This package is about a record beyond one's role in an emergency: for an hour, and loud."""

from flask import Flask

from clinic.core import glass, records
from clinic.emergency.models import EmergencyAccess
from clinic.emergency.queries import open_for

records.register("access_id", EmergencyAccess, "patient_id")


def init_app(app: Flask) -> None:
    """Register the page, tell the gate who opened what, and show it on every page of hers."""
    from clinic.emergency import views

    app.register_blueprint(views.bp)
    glass.break_glass_with(app, open_for)
    app.jinja_env.globals.update(
        accesses_here=views.accesses_here, accesses_to_see=views.accesses_to_see
    )
