"""This file is about the work list: who needs a response, who is called next, what is done."""

from typing import Any

from flask import render_template

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.followups import queries
from clinic.followups.queries import WorkList
from clinic.followups.views.blueprint import bp


@bp.get("/follow-ups")
@requires(Permission.CHART_READ)
def show() -> str:
    """The work of the clinic: open responses on top, then overdue, today, done."""
    return render_template("followups/work_list.html", **shown())


@bp.get("/follow-ups/rail")
@requires(Permission.BOARD_READ, polled=True)
def rail() -> str:
    """What the board asks for by itself: open responses and overdue follow-ups."""
    return board_panel()


def board_panel() -> str:
    """Open responses and overdue follow-ups, for the board; nothing for those without charts."""
    if not may(Permission.CHART_READ):
        return ""
    return render_template("followups/_rail.html", **shown())


def shown() -> dict[str, Any]:
    """The work list with the names it shows."""
    now = clock.now()
    work = queries.work_list(now)
    return {"work": work, "people": names_of(people_in(work)), "at": now}


def people_in(work: WorkList) -> set[Any]:
    """Everybody whose name the list shows."""
    rows = [*work.overdue, *work.today, *work.done]
    authors = {concern.made.contact.author_id for concern in work.concerns}
    return authors | {row.owner_id for row in rows if row.owner_id}
