"""This package is about a woman's own answers: private links, her phone's pages, the tablet."""

from collections.abc import Callable

from flask import Flask

from clinic.core import records
from clinic.courses.models import Course
from clinic.links.models import PrivateLink

records.register("link_id", PrivateLink, "patient_id")


def add_next_step(
    app: Flask, name: str, order: int, step: Callable[[Course], tuple[str, str, str] | None]
) -> None:
    """Let a later room say on her last page what comes next: (icon, title, words), or None.

    order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.links.next_steps", {})[name] = (order, step)


def init_app(app: Flask) -> None:
    """Register the pages, the part in which she consents, and how refusals are said on hers."""
    from clinic.links import actions, parts, views
    from clinic.links.rules import CONSENT
    from clinic.links.views import pages

    parts.register(CONSENT, actions.CONSENT_PART)

    for bp in views.BLUEPRINTS:
        app.register_blueprint(bp)
    pages.init_app(app)
