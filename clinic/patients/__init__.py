"""This package is about the patients of a clinic and their infants."""

from collections.abc import Callable

from flask import Flask

from clinic.core import records
from clinic.patients.models import Infant, Patient

records.register("patient_id", Patient, "id", number="number")
records.register("infant_id", Infant, "patient_id")


def add_panel(app: Flask, name: str, order: int, panel: Callable[[Patient], str]) -> None:
    """Let a later room show something on the front page of a patient's chart.

    panel: gives the HTML of a rendered template, or "" when there is nothing to show or the person
    may not see it. order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.patients.panels", {})[name] = (order, panel)


def init_app(app: Flask) -> None:
    """Register the pages."""
    from clinic.patients import views

    app.register_blueprint(views.bp)
