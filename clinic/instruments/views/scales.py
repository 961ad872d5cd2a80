"""This file is about the pages of the register: which scales, where they may stand, the proof."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, current_app, render_template, request

from clinic.accounts.queries import names_of
from clinic.core.permissions import Permission, requires
from clinic.instruments import queries
from clinic.instruments.forms import AskedForm, EvidenceForm, RetireForm, WithdrawalForm
from clinic.instruments.queries import Registered
from clinic.instruments.rules.licences import LANGUAGES, EvidenceState, Medium, WordingState
from clinic.instruments.views.blueprints import library

USED = "clinic.instruments.used"
MISSING = (EvidenceState.NONE, EvidenceState.ENDED)
FILTERS: dict[str, tuple[str, Callable[[Registered], bool]]] = {
    "all": ("All", lambda _: True),
    "loaded": ("Wording loaded", lambda row: wording_is(row, WordingState.LOADED)),
    "skeleton": ("Skeleton", lambda row: wording_is(row, WordingState.SKELETON)),
    "phone": ("Open to phones", lambda row: row.registration.why_not(Medium.PHONE) is None),
    "missing": ("Evidence missing", lambda row: row.registration.evidence_state in MISSING),
}


def wording_is(row: Registered, state: WordingState) -> bool:
    """Whether the wording of a line is in a state."""
    return row.registration.wording_state is state


@library.get("/settings/scales")
@requires(Permission.PROTOCOL_READ)
def show_all() -> str:
    """Every scale in each language, and the first of them beside it."""
    return page()


@library.get("/settings/scales/<code>/<language>")
@requires(Permission.PROTOCOL_READ)
def chosen(code: str, language: str) -> str:
    """The same with one line chosen: what staff see now, and the three steps."""
    return page(line_or_404(code, language))


@library.get("/settings/scales/<code>")
@requires(Permission.PROTOCOL_READ)
def show(code: str) -> str:
    """One scale: items, scores, bands, sources; in its words where they may stand on the screen."""
    scale = queries.current(code)
    if scale is None:
        abort(404)
    found = queries.shown(code)
    return render_template(
        "instruments/scale.html",
        scale=found.scale if found else scale,
        digest=scale.digest,
        loaded=bool(found and found.wording_digest),
        phone=queries.may_go_to_phone(code),
    )


def page(chosen_row: Registered | None = None, status: int = 200, **forms: Any) -> Any:
    """The register with one line chosen; `forms`: those that were sent and are wrong."""
    rows = with_chosen(queries.register(), chosen_row)
    only = request.args.get("show", "all")
    fits = FILTERS.get(only, FILTERS["all"])[1]
    listed = [row for row in rows if fits(row)]
    row = chosen_row or next(iter(listed or rows))
    return render_template(
        "instruments/register.html",
        rows=listed,
        filters=[(key, words, sum(map(test, rows))) for key, (words, test) in FILTERS.items()],
        only=only if only in FILTERS else "all",
        row=row,
        shown=queries.shown(row.scale.code, language=row.registration.language),
        uses=queries.count_of(row.scale.code),
        used=used_where(),
        people=people_of([row]),
        languages=LANGUAGES,
        soon=[r for r in rows if r.registration.evidence_state is EvidenceState.ENDS_SOON],
        media=list(Medium),
        **defaults(forms),
    ), status


def defaults(forms: dict[str, Any]) -> dict[str, Any]:
    """The forms of the panel, empty unless they were sent."""
    empty = {
        "evidence_form": EvidenceForm,
        "asked_form": AskedForm,
        "withdrawal_form": WithdrawalForm,
        "retire_form": RetireForm,
    }
    return {"problems": (), **{name: of(formdata=None) for name, of in empty.items()}, **forms}


def with_chosen(rows: list[Registered], row: Registered | None) -> list[Registered]:
    """The lines, and the chosen one too when nothing of that language is on file yet."""
    known = {(r.scale.code, r.registration.language) for r in rows}
    if row is None or (row.scale.code, row.registration.language) in known:
        return rows
    at = max(n for n, r in enumerate(rows) if r.scale.code == row.scale.code)
    return [*rows[: at + 1], row, *rows[at + 1 :]]


def line_or_404(code: str, language: str) -> Registered:
    """The line that an address names."""
    row = queries.registered(code, language) if language in LANGUAGES else None
    if row is None:
        abort(404)
    return row


def used_where() -> Mapping[str, Sequence[tuple[str, str]]]:
    """(protocol, when and how) by code of the scale; asked of a later room."""
    ask = current_app.extensions.get(USED)
    return ask() if ask else {}


def people_of(rows: list[Registered]) -> dict[uuid.UUID, str]:
    """Names of those who put on file, loaded, compared and retired."""
    return names_of({person for row in rows for person in row.people()})
