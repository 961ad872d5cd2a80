"""This package is about stage 3: what is due when, contacts, side effects since, the infant."""

from flask import Flask

from clinic.core import records
from clinic.followups.models import Contact

records.register("contact_id", Contact, "patient_id")


def init_app(app: Flask) -> None:
    """Open this room: its pages, the panel and the stage on a course, the rail of the board."""
    from clinic import courses, sessions
    from clinic.courses.rules import Stage
    from clinic.followups import actions, commands, views
    from clinic.links import parts
    from clinic.links.rules import CHECK_IN

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.tick)
    parts.register(CHECK_IN, actions.CHECK_IN_PART)
    courses.add_panel(app, "followups", 30, views.panel)
    courses.add_stage(app, Stage.FOLLOW_UPS, views.stage)
    sessions.add_board_panel(app, "followups", 10, views.board_panel)
    sessions.add_answer_clocks(app, views.answer_clocks)
