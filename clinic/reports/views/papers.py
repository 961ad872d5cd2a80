"""This file is about obligations on paper: the form of a registry, the inspection of a session."""

from typing import Any

from flask import Response, render_template

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock, paper
from clinic.core.acting import acting
from clinic.core.paper import as_file, size_wanted, style_sheet
from clinic.reports.queries.due_forms import DueForm
from clinic.reports.queries.obligations import form_of
from clinic.sessions.models import TreatmentSession


def registry_form_pdf(due: DueForm) -> Response:
    """The form as it was filled last, else a draft of what it would hold now."""
    filled = due.filled
    people = {acting().actor_id} | ({filled.filled_by_id} if filled else set())
    html = render_template(
        "reports/registry_form_paper.html",
        due=due,
        template=form_of(due.version),
        sections=filled.sections() if filled else due.content.as_written(),
        clinic=own_clinic().name,
        names=names_of(people),
        printed_by=names_of(people)[acting().actor_id],
        printed_at=clock.now(),
        css=style_sheet(),
    )
    name = f"session-{due.session.number}-{due.version.code}.pdf"
    return as_file(paper.as_pdf(html, size=size_wanted()), name)


def inspection_pdf(session: TreatmentSession, content: dict[str, Any]) -> Response:
    """The inspection of a session."""
    people = {acting().actor_id}
    html = render_template(
        "reports/inspection_paper.html",
        clinic=own_clinic().name,
        printed_by=names_of(people)[acting().actor_id],
        css=style_sheet(),
        **content,
    )
    return as_file(
        paper.as_pdf(html, size=size_wanted()), f"session-{session.number}-inspection.pdf"
    )
