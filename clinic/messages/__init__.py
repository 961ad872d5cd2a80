"""This package is about what a clinic sends out: messages to a patient or to staff, and when."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    from clinic.messages import views

    app.register_blueprint(views.bp)
