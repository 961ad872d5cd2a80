"""This package is about the review of a course: all of it on one page, and the signed decision."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Open this room, and show the decision in force on the front page of a course."""
    from clinic import courses, sessions
    from clinic.core import paper
    from clinic.review import queries, views

    app.register_blueprint(views.bp)
    courses.add_panel(app, "review", 5, views.panel)
    sessions.add_obstacle(app, "decision", queries.stopped)
    views.fill(app)
    paper.print_with(app, "course", views.printing.course_to_hand_out)
