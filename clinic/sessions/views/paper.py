"""This file is about the page for a session on paper: a file, a line by hand, a second person."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.forms import BaseForm
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.sessions.actions.transcription import MEANING, confirm_transcription
from clinic.sessions.forms.paper import PaperLineForm, SecondPersonForm, SheetForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules.paper import PHRASES, Line
from clinic.sessions.rules.paper.sheet import clock_of, on_the_wall
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.page import shown
from clinic.sessions.views.transcribing import Report, import_sheet, transcribe

PAGE = "/sessions/<uuid:session_id>/paper"


@bp.get(PAGE)
@requires(Permission.SESSION_LOG)
def paper(session_id: uuid.UUID) -> str:
    """What came from paper so far, and the ways in."""
    return page(get_or_404(TreatmentSession, session_id))


@bp.post(PAGE + "/sheet")
@requires(Permission.SESSION_LOG)
def paper_sheet(session_id: uuid.UUID) -> Any:
    """A flowsheet as a file. What is good is stored even when lines are refused; each is named."""
    session, form = open_session(session_id), SheetForm()
    if form.validate():
        try:
            content = form.sheet.data.read()
            report = import_sheet(
                session, content, standing().role, checked=bool(form.checked.data)
            )
            return page(session, report=report, sheet=form)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    return page(session, sheet=form), 422


@bp.post(PAGE + "/line")
@requires(Permission.SESSION_LOG)
def paper_line(session_id: uuid.UUID) -> Any:
    """One line by hand. It is stored as a whole or not at all, and what was typed is kept."""
    session, form = open_session(session_id), PaperLineForm()
    if not form.validate() or not kept(session, form):
        return page(session, line=form), 422
    flash(f"The line of {form.time.data} is in the log, transcribed from paper.", "ok")
    return redirect(url_for("sessions.paper", session_id=session_id), 303)


@bp.post(PAGE + "/check")
@requires(Permission.SESSION_SIGN)
def paper_check(session_id: uuid.UUID) -> Any:
    """A second person has compared the log with the paper."""
    session, form = get_or_404(TreatmentSession, session_id), SecondPersonForm()
    try:
        if form.validate():
            confirm_transcription(session_id, proof=prove(form.password.data, standing().name))
            return redirect(url_for("sessions.paper", session_id=session_id), 303)
    except Unprocessable as refusal:
        form.take_errors(refusal)
    return page(session, check=form), 422


def open_session(session_id: uuid.UUID) -> TreatmentSession:
    """The session, which still takes entries. Raises Conflict when it is signed."""
    session = get_or_404(TreatmentSession, session_id)
    if session.locked_at is not None:
        raise Conflict("This session is signed and locked. Nothing was added.")
    return session


def kept(session: TreatmentSession, form: PaperLineForm) -> bool:
    """Whether all of the line is in the log; if not, the form says why."""
    try:
        at = moment_of(form)
        line = Line(1, at, form.cells, on_air=True)
        report = transcribe(session, [line], standing().role, checked=bool(form.checked.data))
    except ValueError as fault:
        form.time.errors = [*form.time.errors, str(fault)]
        return False
    form.form_errors.extend(fault.reason for fault in report.refused)
    return not report.refused


def moment_of(form: PaperLineForm) -> datetime:
    """When the line happened. ValueError in a sentence when there is no such time."""
    typed = clock_of(form.time.data)
    moments = [on_the_wall(form.on_day.data, typed, acting().timezone, fold) for fold in (0, 1)]
    now = clock.now()
    known = [moment for moment in moments if moment]
    if not known:
        raise ValueError("The clocks went forward over that time: there was none.")
    return max((m for m in known if m <= now + timedelta(minutes=2)), default=known[0]).astimezone(
        UTC
    )


def page(session: TreatmentSession, report: Report | None = None, **forms: BaseForm) -> str:
    """The page, with a form that was refused in the place of its empty one."""
    content = shown(session)
    day = session.planned_at.astimezone(acting().timezone).date()
    return render_template(
        "sessions/paper.html",
        report=report,
        phrases=PHRASES,
        meaning=MEANING,
        sheet_form=forms.get("sheet") or SheetForm(formdata=None),
        line_form=forms.get("line") or PaperLineForm(formdata=None, on_day=day),
        check_form=forms.get("check") or SecondPersonForm(formdata=None),
        **content,
    )
