"""This package is about handing over the data: exports, their dictionary, who took them and why."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    from clinic.reports import views

    app.register_blueprint(views.bp)
