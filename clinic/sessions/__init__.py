"""This package is about the monitored session: its log, what follows from it, and its pages."""

from collections.abc import Callable

from flask import Flask

from clinic.core import records


def add_board_panel(app: Flask, name: str, order: int, panel: Callable[[], str]) -> None:
    """Let a later room show something below the board.

    panel: gives the HTML of a rendered template, which keeps itself fresh, or "" when there is
    nothing to show or the person may not see it. order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.sessions.board_panels", {})[name] = (order, panel)


def init_app(app: Flask) -> None:
    """Open this room, and show a patient's sessions on the front page of her chart."""
    from clinic import patients
    from clinic.sessions import views
    from clinic.sessions.models import TreatmentSession

    records.register("session_id", TreatmentSession, "patient_id")
    app.register_blueprint(views.bp)
    patients.add_panel(app, "sessions", 20, views.panel)
