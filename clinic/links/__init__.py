"""This package is about a woman's own answers: private links, her phone's pages, the tablet."""

from flask import Flask

from clinic.core import records
from clinic.links.models import PrivateLink

records.register("link_id", PrivateLink, "patient_id")


def init_app(app: Flask) -> None:
    """Register the pages, and the part in which she consents."""
    from clinic.links import views

    for bp in views.BLUEPRINTS:
        app.register_blueprint(bp)
