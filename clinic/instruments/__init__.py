"""This package is about rating scales: what they ask, how they are scored, what a score means."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask

from clinic.core import records
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.rules import answer_text

records.register("response_id", QuestionnaireResponse, "patient_id")


def plan_with(app: Flask, planned: Callable[[uuid.UUID], Sequence[Any]]) -> None:
    """Let a later room say which scales a course plans; here nobody knows protocols.

    planned: course id -> rows with `scale`, `form` (codes), `moments` and `by`.
    """
    app.extensions["clinic.instruments.planned"] = planned


def use_with(app: Flask, used: Callable[[], Mapping[str, Sequence[tuple[str, str]]]]) -> None:
    """Let a later room say where protocols in force use each scale.

    used: gives (protocol, when and how) by the code of a scale.
    """
    app.extensions["clinic.instruments.used"] = used


def latest_scores(course: Any) -> str:
    """The latest score of each scale as HTML, for the front page of a course."""
    from clinic.instruments import views

    return views.panel(course)


def init_app(app: Flask) -> None:
    """Register the pages, and what waits for a review on a patient's chart."""
    from clinic import patients
    from clinic.instruments import views

    for blueprint in (views.course, views.library, views.safety):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["answer_words"] = answer_text
    patients.add_panel(app, "safety", 0, views.waiting_panel)
