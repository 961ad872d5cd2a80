"""This file is about the board: who needs somebody in the next minutes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import (
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from clinic.accounts.queries import names_of, own_clinic, staff
from clinic.accounts.queries.duties import cover
from clinic.accounts.sign_in import hang_up
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.gate import may
from clinic.core.permissions import Permission, Role, requires
from clinic.instruments.queries import Unreviewed, open_safety
from clinic.sessions.queries import BoardRow, board_tag, needs_of, planned_today
from clinic.sessions.queries import board as running_sessions
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.countersigning import waiting_orders
from clinic.sessions.views.reviewing import waiting_reviews

SHOWS = ("all", "mine", "alerts")
COOKIE = "board"
A_YEAR = 365 * 24 * 3600


@bp.get("/board")
@requires(Permission.BOARD_COUNT, on_wall=True)
def board() -> Any:
    """The board. What it is narrowed to stands in the address, and is remembered for this person.

    `?wall=1`: for a screen that everybody can read: initials and rooms, nothing to press. Whoever
    sees no patients is told how many, and no names.
    """
    if not may(Permission.BOARD_READ):
        return render_template("sessions/board_counts.html", **counted())
    if "show" not in request.args and not on_the_wall() and remembered() != SHOWS[0]:
        return redirect(url_for("sessions.board", show=remembered()))
    content = shown()
    below = [] if content["wall"] else panels()
    ends_at = hang_up() if content["wall"] else None
    response = make_response(
        render_template("sessions/board.html", panels=below, ends_at=ends_at, **content)
    )
    if request.args.get("show") in SHOWS:
        remember(response, content["show"])
    return response


@bp.get("/board/rows")
@requires(Permission.BOARD_READ, polled=True, on_wall=True)
def board_rows() -> Response:
    """The part that the page asks for every few seconds; 304 while nothing changed."""
    content = shown()
    response = make_response()
    response.set_etag(tag_of(content))
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(render_template("sessions/_board_rows.html", **content))
    return response


@bp.get("/board/rail")
@requires(Permission.BOARD_READ, polled=True)
def board_rail() -> Response:
    """What later rooms show beside the board, asked for now and then; 304 while nothing changed."""
    return tagged(render_template("sessions/_board_rail.html", panels=panels()))


@bp.get("/board/counts")
@requires(Permission.BOARD_COUNT, polled=True)
def board_counts() -> Response:
    """The numbers of the board for those who see no names; 304 while nothing changed."""
    return tagged(render_template("sessions/_board_counts.html", **counted()))


def tagged(html: str) -> Response:
    """A part of a page under the word of its content."""
    response = make_response(html)
    response.add_etag()
    response.make_conditional(request)
    return response


def counted() -> dict[str, Any]:
    """What the board comes to, in words and numbers."""
    now = clock.now()
    rows = running_sessions(now)
    counts = [
        ("Sessions that run now", len(rows)),
        ("with an emergency", sum(row.state.emergency is not None for row in rows)),
        ("with an open alert", sum(bool(row.alerts) for row in rows)),
        ("with an observation overdue", sum(row.overdue for row in rows)),
        ("with a silent tablet", sum(row.silent_since is not None for row in rows)),
        ("for whom nobody is responsible yet", sum(row.responsible is None for row in rows)),
        ("Booked today", len(planned_today(now))),
    ]
    return {"counts": counts, "at": now}


def panels() -> list[str]:
    """What later rooms show beside the board, in their order."""
    added = current_app.extensions.get("clinic.sessions.board_panels", {})
    rooms = [panel() for _, panel in sorted(added.values(), key=lambda pair: pair[0])]
    return [panel for panel in (waiting_orders(), *rooms, waiting_reviews()) if panel]


def answer_clocks(waiting: Sequence[Unreviewed]) -> dict[UUID, tuple[str, str]]:
    """Who owns each safety answer, and its clock, as a later room says it."""
    clocks = current_app.extensions.get("clinic.sessions.answer_clocks")
    return clocks(waiting) if clocks and waiting else {}


def on_the_wall() -> bool:
    """Whether this board hangs where everybody can read it."""
    return request.args.get("wall") == "1"


def shown() -> dict[str, Any]:
    """What the board shows at this moment."""
    now, wall, me = clock.now(), on_the_wall(), acting().actor_id
    rows, waiting = running_sessions(now), [] if wall else open_safety()
    lists = {
        "all": rows,
        "mine": [row for row in rows if row.session.responsible_id == me],
        "alerts": [row for row in rows if row.alerts or row.state.emergency],
    }
    asked = request.args.get("show", SHOWS[0])
    show = asked if asked in SHOWS else SHOWS[0]
    return {
        "needs": needs_of(rows, waiting, me),
        "answer_clocks": answer_clocks(waiting),
        "rows": lists[show],
        "counts": {name: len(listed) for name, listed in lists.items()},
        "show": show,
        "wall": wall,
        "loads": Counter(row.session.responsible_id for row in rows if not row.state.clock.left_at),
        "most": own_clinic().most_sessions_per_nurse,
        "nurses": dict(staff(Role.NURSE)),
        "to_call": to_call() if any(row.state.emergency for row in rows) else [],
        "today": planned_today(now),
        "at": now,
    }


def to_call() -> list[tuple[str, str, str]]:
    """(duty, who, what was written of reaching them) for each duty of now of which it is known."""
    held = [(one.title, duty) for one in cover(clock.now()) for duty in one.held if duty.note]
    names = names_of({duty.user_id for _, duty in held})
    return [(title, names.get(duty.user_id, ""), duty.note or "") for title, duty in held]


def tag_of(content: dict[str, Any]) -> str:
    """A word for all that this person's board shows."""
    rows: list[BoardRow] = [need.row for need in content["needs"] if need.row] + content["rows"]
    return board_tag(
        rows,
        content["today"],
        content["wall"],
        content["show"],
        content["counts"],
        [(need.key, need.safety and need.safety.words) for need in content["needs"]],
        content["to_call"],
        content["most"],
    )


def remembered() -> str:
    """What this person's board was narrowed to the last time, on this machine."""
    show, _, whose = request.cookies.get(COOKIE, "").partition(".")
    return show if show in SHOWS and whose == str(acting().actor_id) else SHOWS[0]


def remember(response: Response, show: str) -> None:
    """Keep it for the next time."""
    response.set_cookie(
        COOKIE,
        f"{show}.{acting().actor_id}",
        max_age=A_YEAR,
        path=url_for("sessions.board"),
        secure=current_app.config["SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
    )
