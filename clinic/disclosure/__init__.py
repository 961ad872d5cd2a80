"""This package is about a patient's own copy: all that is kept of her, and who looked at it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    from clinic.disclosure import views

    app.register_blueprint(views.bp)
