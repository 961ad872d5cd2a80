"""This file is about the two panels of exports on the page of reports: the builder, the history."""

import uuid
from typing import Any

from flask import abort, request
from sqlalchemy import select

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.gate import may, standing
from clinic.core.permissions import Permission
from clinic.core.signatures import prove
from clinic.reports import queries
from clinic.reports.actions.formats import FORMATS
from clinic.reports.forms import ExportForm
from clinic.reports.models import ExportDefinition
from clinic.reports.queries.history import Past
from clinic.reports.rules import TABLES, TRAIL, Table
from clinic.reports.rules.jobs import size_words


def panels(form: ExportForm | None = None) -> dict[str, Any]:
    """What both panels need. A form that was refused keeps what was typed."""
    return {
        "form": form or first_form(),
        "offered": offered(),
        "formats": FORMATS,
        "definitions": queries.definitions(),
        "may_identify": may(Permission.EXPORT_IDENTIFIED),
        **past(queries.history()),
    }


def offered() -> dict[str, Table]:
    """The tables that this person may export."""
    return {code: one for code, one in TABLES.items() if code not in withheld()}


def withheld() -> frozenset[str]:
    """The tables that are not for this person: the trail has a right of its own."""
    return frozenset() if may(Permission.TRAIL_EXPORT) else TRAIL


def past(found: list[Past]) -> dict[str, Any]:
    """What the history and the bar of progress need."""
    return {
        "exports": found,
        "under_way": [one for one in found if one.is_under_way],
        "how_many": queries.how_many(),
        "names": names_of({one.export.created_by_id for one in found}),
        "tables": TABLES,
        "formats": FORMATS,
        "size_words": size_words,
        "may_identify": may(Permission.EXPORT_IDENTIFIED),
    }


def sent_form(table: str | None = None) -> ExportForm:
    """The builder as it was sent; `table`: for one table that streams at once."""
    limits = {
        "one_course": [code for code, one in FORMATS.items() if one.one_course],
        "identified_only": [code for code, one in FORMATS.items() if one.identified_only],
        "no_tables": [code for code, one in FORMATS.items() if not one.has_tables],
        "no_trail": [code for code, one in FORMATS.items() if not one.has_trail],
        "only_figures": [code for code, one in FORMATS.items() if one.only_figures],
        "withheld": withheld(),
    }
    return ExportForm(table, [(c, one.title) for c, one in FORMATS.items()], limits)


def first_form() -> ExportForm:
    """The builder as it opens: this month, what is asked for most, or an order kept by name."""
    today = clock.today()
    usual: dict[str, Any] = {"what": ["sessions", "observations"], "format": "csv"}
    kept = definition_asked_for()
    given = usual if kept is None else of_definition(kept)
    given |= {"first_on": today.replace(day=1), "last_on": today}
    formats = [(code, one.title) for code, one in FORMATS.items()]
    return ExportForm(formats=formats, formdata=None, **given)


def of_definition(kept: ExportDefinition) -> dict[str, Any]:
    """What a kept order fills into the builder."""
    return {
        "what": kept.what.split(),
        "protocols": kept.protocols.split(),
        "routes": kept.routes.split(),
        "format": kept.format,
        "purpose": kept.purpose,
        "name": kept.name,
    }


def definition_asked_for() -> ExportDefinition | None:
    """The kept order that the address names. Aborts 404 for one that is not there."""
    typed = request.args.get("definition", "")
    if not typed:
        return None
    try:
        return definition_or_404(uuid.UUID(typed))
    except ValueError:
        abort(404)


def definition_or_404(definition_id: uuid.UUID) -> ExportDefinition:
    """A kept order of this clinic."""
    wanted = select(ExportDefinition).where(ExportDefinition.id == definition_id)
    return db.session.scalar(wanted) or abort(404)


def allowed(form: ExportForm) -> bool:
    """Whether this person may have it: an identified file needs its own right and the password."""
    if not form.identified.data:
        return True
    if not may(Permission.EXPORT_IDENTIFIED):
        form.identified.errors = ["Your role may export de-identified files only."]
        return False
    try:
        prove(form.password.data, standing().name)
    except Unprocessable:
        form.password.errors = ["Enter your own password: this file names people."]
        return False
    return True
