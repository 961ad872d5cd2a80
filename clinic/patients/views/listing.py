"""This file is about the list of patients: searched, narrowed, by urgency."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from clinic.accounts.rules import NO_TIME, pause_in_words
from clinic.core.permissions import Permission, requires
from clinic.patients import ADDRESSES, COLUMNS, EXCLUSION, FILTERS, URGENCY, queries
from clinic.patients.rules import Cell
from clinic.patients.views.blueprint import bp
from clinic.patients.views.searching import LIMIT_IN_WORDS, closed, opened, turn

ACTIVE, ALL = "active", "all"
LAST = 1000  # "All" stands after what other rooms add


@bp.get("/patients")
@requires(Permission.CHART_READ)
def find() -> Any:
    """The list. What is searched for stands in the address closed; a search is sent."""
    closed = request.args.get("sought", "")
    return render_template("patients/find.html", **content(opened(closed), request.args))


@bp.post("/patients")
@requires(Permission.CHART_READ)
def search() -> Any:
    """Look for what was typed; the only one who fits is opened at once when Enter was pressed."""
    typed, by_script = request.form.get("q", ""), bool(request.headers.get("HX-Request"))
    if (wait := turn()) > NO_TIME:
        return too_many(typed, wait)
    shown = content(typed, request.form)
    if by_script:
        return render_template("patients/_results.html", **shown)
    found = shown["found"]
    if found.only and found.sought:
        return redirect(url_for(".show", patient_id=found.only.id), 303)
    return redirect(url_for(".find", sought=shown["sought"]), 303)


def content(typed: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the list shows: of those who fit, a filter, an order and a page."""
    filters, shown = filters_now(), asked.get("show", "")
    shown = shown if shown in filters else ALL if typed.strip() else ACTIVE
    found = queries.find(
        typed,
        order=asked.get("sort", ""),
        page=whole(asked.get("page", "")),
        among=filters[shown][1],
        ranks=urgency(),
    )
    ids = [patient.id for patient in found.patients]
    return {
        "found": found,
        "sought": closed(found.sought),
        "filters": [(code, title, len(who)) for code, (title, who) in filters.items()],
        "shown": shown,
        "columns": columns(ids),
        "addresses": addresses(ids),
    }


def too_many(typed: str, wait: timedelta) -> Any:
    """How long to wait, with what was typed still there."""
    words = f"{LIMIT_IN_WORDS} Try again in {pause_in_words(wait)}."
    page = render_template("patients/find.html", too_many=words, typed=typed)
    return page, 429, {"Retry-After": str(-(-wait // timedelta(seconds=1)))}


def filters_now() -> dict[str, tuple[str, Collection[uuid.UUID]]]:
    """Code -> words and who they are, in their order."""
    added = current_app.extensions.get(FILTERS, {})
    over = current_app.extensions.get(EXCLUSION, set)
    everybody = queries.all_ids()
    rows = [(order, code, title, who()) for code, (order, title, who) in added.items()]
    rows += [(0, ACTIVE, "Active", everybody - set(over())), (LAST, ALL, "All", everybody)]
    return {code: (title, who) for _, code, title, who in sorted(rows, key=lambda row: row[:2])}


def urgency() -> Mapping[uuid.UUID, Any]:
    """Patient -> rank, as another room says."""
    ranks: Any = current_app.extensions.get(URGENCY, dict)
    return ranks()


def columns(ids: Sequence[uuid.UUID]) -> list[tuple[str, str, Mapping[uuid.UUID, Cell]]]:
    """(code, title, patient -> cell) of what other rooms add, in their order."""
    added = current_app.extensions.get(COLUMNS, {})
    rows = sorted((order, code, title, cells) for code, (order, title, cells) in added.items())
    return [(code, title, cells(ids)) for _, code, title, cells in rows]


def addresses(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Patient -> where her row leads, where that is not her chart."""
    where: Any = current_app.extensions.get(ADDRESSES, lambda _ids: {})
    return where(ids)


def whole(typed: str) -> int:
    """A page number of plain digits; the first page for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
