"""This package is about the monitored session: its log, what follows from it, and its pages."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Flask

from clinic.core import paper, records, signatures

# Uses of a scale with answers that wait -> (word, HTML) of each, by its id.
AnswerClocks = Callable[[Sequence[Any]], dict[uuid.UUID, tuple[str, str]]]


def add_board_panel(app: Flask, name: str, order: int, panel: Callable[[], str]) -> None:
    """Let a later room show something below the board.

    panel: gives the HTML of a rendered template, which keeps itself fresh, or "" when there is
    nothing to show or the person may not see it. order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.sessions.board_panels", {})[name] = (order, panel)


def add_answer_clocks(app: Flask, clocks: AnswerClocks) -> None:
    """Let a later room say who owns a safety answer and by when it is answered.

    clocks: for each of the uses of a scale that wait, by its id: a word that changes when it says
    something else, and the HTML of a rendered template.
    """
    app.extensions["clinic.sessions.answer_clocks"] = clocks


def add_notice(app: Flask, name: str, notice: Callable[[uuid.UUID], str]) -> None:
    """Let a later room say what a session still lacks for it, before the signature and afterwards.

    notice: gives the HTML of a rendered template for the id of a session, or "" for nothing to say.
    """
    app.extensions.setdefault("clinic.sessions.notices", {})[name] = notice


def add_obstacle(
    app: Flask, name: str, obstacle: Callable[[uuid.UUID, datetime | None], Any]
) -> None:
    """Let a later room keep a course from being treated.

    obstacle: for the id of a course, the `rules.Obstacle`, or None. With a moment: what was
    signed after it does not count.
    """
    app.extensions.setdefault("clinic.sessions.obstacles", {})[name] = obstacle


def init_app(app: Flask) -> None:
    """Open this room; charts and courses show what belongs to them."""
    from clinic import courses, links, patients
    from clinic.courses.rules import Stage
    from clinic.sessions import commands, views
    from clinic.sessions.models import TreatmentSession
    from clinic.sessions.queries.signed import log_differs

    records.register("session_id", TreatmentSession, "patient_id")
    signatures.covers(app, "discharge", log_differs)
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.sessions)
    patients.add_panel(app, "sessions", 20, views.panel)
    courses.add_panel(app, "sessions", 20, views.panel_of_course)
    courses.add_stage(app, Stage.SESSIONS, views.stage)
    courses.add_fact(app, "agreed-pause", 20, views.agreed_pause)
    courses.add_hindrance(app, "sessions", views.hindrance)
    links.add_next_step(app, "sessions", 10, views.next_visit)
    paper.print_with(app, "session", views.deidentified.record_to_hand_out)
