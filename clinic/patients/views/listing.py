"""This file is about the list of patients: searched, narrowed, by urgency."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from clinic.core.permissions import Permission, requires
from clinic.patients import ADDRESSES, COLUMNS, EXCLUSION, FILTERS, URGENCY, queries
from clinic.patients.rules import Cell
from clinic.patients.views.blueprint import bp

ACTIVE, ALL = "active", "all"
LAST = 1000  # "All" stands after what other rooms add


@bp.get("/patients")
@requires(Permission.CHART_READ)
def find() -> Any:
    """The list; the only one who fits is opened at once when a person pressed Enter."""
    asked, by_script = request.args, bool(request.headers.get("HX-Request"))
    typed, filters = asked.get("q", ""), filters_now()
    shown = asked.get("show", "")
    shown = shown if shown in filters else ALL if typed.strip() else ACTIVE
    found = queries.find(
        typed,
        order=asked.get("sort", ""),
        page=asked.get("page", 1, type=whole),
        among=filters[shown][1],
        ranks=urgency(),
    )
    if found.only and found.sought and not by_script:
        return redirect(url_for(".show", patient_id=found.only.id), 303)
    ids = [patient.id for patient in found.patients]
    return render_template(
        "patients/_results.html" if by_script else "patients/find.html",
        found=found,
        filters=[(code, title, len(who)) for code, (title, who) in filters.items()],
        shown=shown,
        columns=columns(ids),
        addresses=addresses(ids),
    )


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
    """A page number of plain digits. Raises ValueError, so that the first page is taken."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
        raise ValueError(typed)
    return int(typed)
