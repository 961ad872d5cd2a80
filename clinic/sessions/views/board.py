"""This file is about the board: who needs somebody in the next minutes."""

from typing import Any

from flask import Response, current_app, make_response, render_template, request

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.sessions.queries import board as running_sessions
from clinic.sessions.queries import board_tag, planned_today
from clinic.sessions.views.blueprint import bp


@bp.get("/board")
@requires(Permission.BOARD_READ)
def board() -> str:
    """The board."""
    return render_template("sessions/board.html", panels=panels(), **shown())


@bp.get("/board/rows")
@requires(Permission.BOARD_READ, polled=True)
def board_rows() -> Response:
    """The part that the page asks for every few seconds; 304 while nothing changed."""
    content = shown()
    response = make_response()
    response.set_etag(board_tag(content["rows"], content["today"]))
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(render_template("sessions/_board_rows.html", **content))
    return response


def panels() -> list[str]:
    """What later rooms show below the board, in their order."""
    added = current_app.extensions.get("clinic.sessions.board_panels", {})
    return [panel() for _, panel in sorted(added.values(), key=lambda pair: pair[0])]


def shown() -> dict[str, Any]:
    """What the board shows at this moment."""
    now = clock.now()
    return {"rows": running_sessions(now), "today": planned_today(now), "at": now}
