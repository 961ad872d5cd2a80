"""This package is about stage 1: history, health, severity, risks, and the signed decision."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Open this room, and let the front page of a course say how far its evaluation is."""
    from clinic import courses
    from clinic.courses.rules import Stage
    from clinic.evaluation import views
    from clinic.evaluation.queries import severity

    app.register_blueprint(views.bp)
    app.extensions[severity.SCALES] = severity.latest_line
    app.extensions[severity.SAFETY] = severity.unreviewed
    courses.add_stage(app, Stage.EVALUATION, views.stage)
    courses.add_fact(app, "pressure-plan", 10, views.plan_in_head)
