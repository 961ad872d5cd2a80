"""This file is about the work list: who needs a response, who is called next, what is done."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import render_template, request

from clinic.accounts.queries import names_of
from clinic.core import clock, drafts
from clinic.core.acting import acting
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.followups import queries
from clinic.followups.queries import Row, WorkList, draft_kind
from clinic.followups.views.blueprint import bp
from clinic.instruments.queries import Unreviewed

SHOWS = ("open", "responses", "overdue", "today", "waiting", "done", "week")


@bp.get("/follow-ups")
@requires(Permission.CHART_READ)
def show() -> str:
    """The work of the clinic: open responses on top, then overdue, today, waiting, done."""
    return render_template("followups/work_list.html", **listed())


@bp.get("/follow-ups/rail")
@requires(Permission.BOARD_READ, polled=True)
def rail() -> str:
    """What the board asks for by itself: open responses and overdue follow-ups."""
    return board_panel()


def board_panel() -> str:
    """Open responses and overdue follow-ups, for the board; nothing for those without charts."""
    if not may(Permission.CHART_READ):
        return ""
    now = clock.now()
    work = queries.work_list(now)
    people = names_of(people_in(work))
    return render_template("followups/_rail.html", work=work, people=people, at=now)


def answer_clocks(waiting: Sequence[Unreviewed]) -> dict[uuid.UUID, tuple[str, str]]:
    """Owner and clock of each of these safety answers, for the cards of the board, after a word
    that changes with them."""
    if not may(Permission.CHART_READ):
        return {}
    found = queries.responses_to_write(waiting, [], clock.now())
    people = names_of(set().union(*(item.people for item in found)))
    return {
        item.id: (
            repr((item.owner_id, item.due_at, [step.at for step in item.clock.steps])),
            render_template("followups/_card_clock.html", item=item, people=people),
        )
        for item in found
    }


def listed() -> dict[str, Any]:
    """The work list as the address narrows it, with the names it shows."""
    now = clock.now()
    work = queries.work_list(now)
    asked = request.args.get("show", SHOWS[0])
    mine = request.args.get("mine") == "1"
    rows = {name: narrowed(getattr(work, name), mine) for name in SHOWS[2:]}
    shown = [row for name, group in rows.items() for row in group if name != "week"]
    shown += rows["week"] if asked == "week" else []
    return {
        "work": work,
        "rows": rows,
        "show": asked if asked in SHOWS else SHOWS[0],
        "mine": mine,
        "kept": kept(),
        "own": len([row for row in every_row(work) if row.owner_id == acting().actor_id]),
        "required": queries.required_of(shown),
        "key_of": queries.key_of,
        "writing": writing(shown),
        "people": names_of(people_in(work)),
        "at": now,
    }


def narrowed(rows: list[Row], mine: bool) -> list[Row]:
    """All, or only one's own."""
    return [row for row in rows if not mine or row.owner_id == acting().actor_id]


def kept() -> dict[str, str]:
    """What of the address goes with every link of the list."""
    asked = {name: request.args.get(name, "") for name in ("show", "mine")}
    return {name: value for name, value in asked.items() if value in {*SHOWS, "1"}}


def every_row(work: WorkList) -> list[Row]:
    """The rows that are open."""
    return [*work.overdue, *work.today, *work.waiting]


def people_in(work: WorkList) -> set[uuid.UUID]:
    """Everybody whose name the list shows."""
    rows = [*every_row(work), *work.done, *work.week]
    named = {one for row in rows for one in (row.owner_id, row.psychiatrist_id) if one}
    return named.union(*(item.people for item in work.responses))


def writing(rows: list[Row]) -> dict[Any, tuple[uuid.UUID, Any]]:
    """Row -> (who has a contact of it under the pen, last saved when); one's own not."""
    found = {}
    for course_id in {row.course_id for row in rows}:
        by_kind = {one.kind: one for one in drafts.written_by_others(course_id)}
        for row in rows:
            one = by_kind.get(draft_kind(row.due)) if row.course_id == course_id else None
            if one is not None:
                found[queries.key_of(row)] = (one.author_id, one.saved_at)
    return found
