"""This package is about courses of treatment: protocol, stages, consent, medicines, their end."""

from collections.abc import Callable

from flask import Flask

from clinic.core import records
from clinic.courses.models import Course, Medication
from clinic.courses.rules import Stage, StageReport

records.register("course_id", Course, "patient_id")
records.register("medication_id", Medication, "patient_id")


def add_panel(app: Flask, name: str, order: int, panel: Callable[[Course], str]) -> None:
    """Let a later room show something on the front page of a course.

    panel: gives the HTML of a rendered template, or "" when there is nothing to show or the person
    may not see it. order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.courses.panels", {})[name] = (order, panel)


def add_stage(app: Flask, stage: Stage, report: Callable[[Course], StageReport]) -> None:
    """Let the room of a stage say how far a course has come in it.

    report: only asks, never writes. It is called for every opening of the course's page.
    """
    app.extensions.setdefault("clinic.courses.stages", {})[stage] = report


def add_fact(
    app: Flask, name: str, order: int, fact: Callable[[Course], tuple[str, str] | None]
) -> None:
    """Let a later room say something in the strip of infants and lactation on top of a course.

    fact: (what, more about it) as plain words, or None. order: smaller stands further left.
    """
    app.extensions.setdefault("clinic.courses.facts", {})[name] = (order, fact)


def add_hindrance(app: Flask, name: str, hindrance: Callable[[Course], str | None]) -> None:
    """Let a later room keep a course from being ended: a sentence why, or None."""
    app.extensions.setdefault("clinic.courses.hindrances", {})[name] = hindrance


def init_app(app: Flask) -> None:
    """Register the pages, the panel on a patient's chart, and what the room of scales is told."""
    from clinic import instruments, patients
    from clinic.courses import queries, views

    app.register_blueprint(views.bp)
    patients.add_panel(app, "courses", 10, views.panel)
    instruments.plan_with(app, lambda course_id: queries.protocol_of(course_id).scales)
    add_panel(app, "scales", 10, instruments.latest_scores)
    app.jinja_env.globals["medicines_to_ask"] = queries.still_to_ask
    app.jinja_env.globals["medicine_cautions"] = queries.cautions_of
    app.jinja_env.globals["course_head"] = lambda course_id: queries.head_of(
        queries.course_or_raise(course_id)
    )
