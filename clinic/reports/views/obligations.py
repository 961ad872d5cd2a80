"""This file is about the pages of obligations: what is due, one form, its paper, its proof."""

import uuid
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from clinic.accounts.queries import names_of
from clinic.core import clock, files
from clinic.core.errors import Unprocessable
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.reports.actions import obligations as actions
from clinic.reports.forms.obligations import (
    SENT_BY,
    AnswersForm,
    ErrorForm,
    FillForm,
    SubmissionForm,
    answers_form,
)
from clinic.reports.models.obligations import FormSubmission
from clinic.reports.queries import due_forms
from clinic.reports.queries.obligations import clocks_in_use, form_of, submission_rows
from clinic.reports.queries.serious_events import serious_events
from clinic.reports.rules.obligations import SentBy, differences
from clinic.reports.views.papers import registry_form_pdf
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules.reporting import TOLD

bp = Blueprint("obligations", __name__)
PAGE = "/sessions/<uuid:session_id>/registry-form"
AROUND_A_FILE = 20_000  # the other fields of the form


@bp.url_value_preprocessor
def allow_a_proof(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """The one address that takes a large file; the gate reads the form before any view."""
    if endpoint == "obligations.send":
        request.max_content_length = actions.LARGEST_PROOF + AROUND_A_FILE


@bp.get("/obligations")
@requires(Permission.OBLIGATION_FILE)
def show() -> str:
    """The forms that are due, by urgency, and those that are done."""
    due, more = due_forms.open_forms()
    return render_template(
        "reports/obligations.html",
        due=due,
        more=more,
        sent=due_forms.sent_forms(),
        waiting=sum(event.waits for event in serious_events()),
    )


@bp.get("/obligations/serious-events")
@requires(Permission.OBLIGATION_FILE)
def show_events() -> str:
    """Every serious event with its reports and its clocks."""
    return render_template(
        "reports/serious_events.html",
        events=serious_events(),
        clocks=clocks_in_use(),
        told=dict(TOLD),
    )


@bp.route(PAGE, methods=["GET", "POST"])
@requires(Permission.OBLIGATION_FILE)
def form(session_id: uuid.UUID) -> Any:
    """The form of one session: what stands in it, what is missing; keep what is typed."""
    due = due_or_404(session_id)
    answers = answers_form(due.content)
    if answers.validate_on_submit():
        kept = actions.keep_answers(due.session, answers.typed())
        flash("The answers are kept." if kept else "Nothing was changed.")
        return back_to(session_id)
    return page(due, answers=answers), 422 if request.method == "POST" else 200


@bp.post(PAGE + "/filled")
@requires(Permission.OBLIGATION_FILE)
def fill(session_id: uuid.UUID) -> Any:
    """Fill it from the signed log, for ever. Answers that came with it are kept first."""
    due, form = due_or_404(session_id), FillForm()
    came = any(name.startswith("f_") for name in request.form)
    answers = answers_form(due.content) if came else None
    if form.validate() and (answers is None or answers.validate()):
        try:
            if answers is not None:
                actions.keep_answers(due.session, answers.typed())
            actions.fill_form(due.session, gaps_because=form.gaps_because.data or "")
        except Unprocessable as refusal:
            form.take_errors(refusal)
        else:
            flash("The form is filled. Send it, then keep the proof here.")
            return back_to(session_id)
    return page(due, answers=answers, filling=form), 422


@bp.post(PAGE + "/submissions")
@requires(Permission.OBLIGATION_FILE)
def send(session_id: uuid.UUID) -> Any:
    """It was sent: how, when, with which proof."""
    due, form = due_or_404(session_id), SubmissionForm()
    if form.validate():
        try:
            actions.record_submission(
                due.session,
                by=SentBy(form.sent_by.data),
                on=form.sent_on.data,
                reference=form.reference.data or "",
                proof=proof_in(form),
            )
        except Unprocessable as refusal:
            form.take_errors(refusal)
        else:
            flash("The submission is on file.")
            return back_to(session_id)
    return page(due, sending=form), 422


@bp.post(PAGE + "/submissions/<uuid:submission_id>/error")
@requires(Permission.OBLIGATION_FILE)
def take_back(session_id: uuid.UUID, submission_id: uuid.UUID) -> Any:
    """A submission was entered in error."""
    due, form = due_or_404(session_id), ErrorForm()
    get_or_404(FormSubmission, submission_id, session_id=session_id)
    if form.validate():
        actions.take_back_submission(due.session, submission_id, reason=form.reason.data)
        return back_to(session_id)
    return page(due, error=form), 422


@bp.get(PAGE + "/submissions/<uuid:submission_id>/proof")
@requires(Permission.OBLIGATION_FILE)
def proof(session_id: uuid.UUID, submission_id: uuid.UUID) -> Response:
    """The proof, byte for byte, to be saved and never shown in the browser."""
    row = get_or_404(FormSubmission, submission_id, session_id=session_id)
    return files.stored(row.content, row.file_type, row.file_name)


@bp.get(PAGE + ".pdf")
@requires(Permission.OBLIGATION_FILE)
def print_form(session_id: uuid.UUID) -> Response:
    """The form on paper: as it was filled last, else a draft."""
    return registry_form_pdf(due_or_404(session_id))


def notice(session_id: uuid.UUID) -> str:
    """What the form of a session still lacks, on the page where the session is signed."""
    due = due_forms.due_form(get_or_404(TreatmentSession, session_id))
    if due is None or not may(Permission.OBLIGATION_FILE):
        return ""
    return render_template("reports/_form_notice.html", due=due)


def proof_in(form: SubmissionForm) -> actions.Proof | None:
    """The file that was sent with a form, or None."""
    sent = form.proof.data
    if not sent:
        return None
    with sent.stream as stream:  # a large one lies in a file of its own until it is closed
        content = stream.read()
    return actions.Proof(sent.filename, content)


def due_or_404(session_id: uuid.UUID) -> due_forms.DueForm:
    """The form of a session; 404 where none is asked for."""
    return due_forms.due_form(get_or_404(TreatmentSession, session_id)) or abort(404)


def back_to(session_id: uuid.UUID) -> Any:
    """The page of a session's form."""
    return redirect(url_for("obligations.form", session_id=session_id), 303)


def page(
    due: due_forms.DueForm,
    *,
    answers: AnswersForm | None = None,
    filling: FillForm | None = None,
    sending: SubmissionForm | None = None,
    error: ErrorForm | None = None,
) -> str:
    """The page, with a form that was refused in the place of its empty one."""
    rows = submission_rows(due.session.id)
    filled = due.filled
    people = {row.author_id for row in rows} | ({filled.filled_by_id} if filled else set())
    return render_template(
        "reports/registry_form.html",
        due=due,
        template=form_of(due.version),
        next_version=due_forms.version_for(due.session) or due.version,
        rows=rows,
        gone={row.takes_back_id for row in rows if row.takes_back_id},
        changed=differences(filled.sections(), due.content.as_written()) if filled else [],
        names=names_of(people),
        sent_by=dict(SENT_BY),
        answers=answers or answers_form(due.content),
        filling=filling or FillForm(formdata=None),
        sending=sending or SubmissionForm(formdata=None, sent_on=clock.today()),
        error=error or ErrorForm(formdata=None),
    )
