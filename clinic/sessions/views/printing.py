"""This file is about printing: the record of a session, and a flowsheet to go on with on paper."""

import hashlib
import json
import uuid
from typing import Any

from flask import Response, render_template

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock, paper, signatures
from clinic.core.acting import acting
from clinic.core.paper import as_file, size_wanted, style_sheet
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.queries import medications_of
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of
from clinic.sessions.actions.discharge import log_hashes
from clinic.sessions.charts import finding, session_chart
from clinic.sessions.charts.paper import on_paper, with_patterns
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import of_course, plan_of, reports_of, state_of, version_of
from clinic.sessions.queries.transcription import transcription_of
from clinic.sessions.rules import registry
from clinic.sessions.rules.paper import PHRASES
from clinic.sessions.rules.printing import marks_in_words
from clinic.sessions.views.afterwards import afterwards
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import people_in, words_of

CHART = "chart"


@bp.get("/sessions/<uuid:session_id>/record.pdf")
@requires(Permission.CHART_READ)
def print_record(session_id: uuid.UUID) -> Response:
    """The printed record, A4 or Letter."""
    session = get_or_404(TreatmentSession, session_id)
    return as_file(record_pdf(session, size_wanted()), f"session-{session.number}-record.pdf")


@bp.get("/sessions/<uuid:session_id>/sheet")
@requires(Permission.CHART_READ)
def blank_sheet(session_id: uuid.UUID) -> str:
    """A flowsheet filled with what is known: the rest is written by hand."""
    return sheet_html(get_or_404(TreatmentSession, session_id))


@bp.get("/sessions/<uuid:session_id>/sheet.pdf")
@requires(Permission.CHART_READ)
def print_sheet(session_id: uuid.UUID) -> Response:
    """The same as a file, A4 or Letter."""
    session = get_or_404(TreatmentSession, session_id)
    pdf = paper.as_pdf(sheet_html(session), size=size_wanted())
    return as_file(pdf, f"session-{session.number}-sheet.pdf")


def record_pdf(session: TreatmentSession, size: str) -> bytes:
    """The record on paper: the same record and moment give the same bytes."""
    content = known(session)
    return record_of(content | summary(content), size)


def record_of(content: dict[str, Any], size: str) -> bytes:
    """The paper of what it shows, with its chart."""
    spec = on_paper(session_chart(content["plan"], content["state"]))
    chart = with_patterns(paper.as_svg(spec))
    html = render_template("sessions/print/record.html", **content)
    return paper.as_pdf(html, size=size, pictures={CHART: chart})


def sheet_html(session: TreatmentSession) -> str:
    """The flowsheet as a page."""
    return render_template("sessions/print/sheet.html", phrases=PHRASES, **known(session))


def known(session: TreatmentSession) -> dict[str, Any]:
    """What both papers show."""
    plan, state = plan_of(session), state_of(session, clock.now())
    after = afterwards(session, plan, state)
    people = people_in(session, state) | after["amenders"] | {acting().actor_id}
    return after | {
        "session": session,
        "patient": get_or_404(Patient, session.patient_id),
        "infants": infants_of(session.patient_id),
        "plan": plan,
        "state": state,
        "names": names_of(people),
        "printed_by_id": acting().actor_id,
        "clinic": own_clinic().name,
        "protocol": version_of(session),
        "of": len(of_course(session.course_id)),
        "words": words_of(plan, state),
        "marks": marks_in_words(plan),
        "css": style_sheet(),
    }


def summary(content: dict[str, Any]) -> dict[str, Any]:
    """What only the record shows."""
    session, plan, state = content["session"], content["plan"], content["state"]
    document = signatures.latest("discharge", session.id)
    entries = log_hashes(session.id)
    day = state.clock.treatment_on or session.planned_at.astimezone(acting().timezone).date()
    return {
        "document": document,
        "checksum": document.hash if document else digest(entries),
        "entries": len(entries),
        "transcription": transcription_of(session.id),
        "medicines": medications_of(session.course_id, day),
        "reports": reports_of([session.id]).get(session.id, []),
        "sedation": registry.sedation(plan, state),
        "dissociation": registry.dissociation(plan, state),
        "pressure_between": registry.pressure_between(plan, state),
        "finding": finding(state),
    }


def digest(entries: list[list[str]]) -> str:
    """SHA-256 in hex over the ids and hashes of a log that is not signed yet."""
    return hashlib.sha256(json.dumps(entries).encode()).hexdigest()
