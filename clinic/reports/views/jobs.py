"""This file is about files that a worker makes: order, watch, cancel, try again, download."""

import uuid
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Conflict
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.reports import actions, queries
from clinic.reports.actions.formats import FORMATS
from clinic.reports.forms.exports import FilterForm
from clinic.reports.models import ExportJob
from clinic.reports.queries.history import Past
from clinic.reports.queries.wanted import wanted
from clinic.reports.views.blueprint import bp
from clinic.reports.views.exports import page, too_many
from clinic.reports.views.panels import allowed, definition_or_404, past, sent_form, withheld

JUST_NOW = timedelta(minutes=1)  # a file is called ready for so long, in words that are read out


@bp.post("/reports/exports")
@requires(Permission.EXPORT_CREATE)
def order() -> Any:
    """Note the export and let a worker make its file."""
    form = sent_form()
    if not form.validate() or not allowed(form):
        return page(form), 422
    try:
        actions.order_export(form.order, form.purpose.data)
    except actions.TooManyExports as refusal:
        return too_many(form, refusal)
    flash("The export is being prepared. You can leave this page.")
    return redirect(url_for("reports.show", _anchor="export-progress"), 303)


@bp.get("/reports/exports")
@requires(Permission.EXPORT_CREATE)
def show_history() -> str:
    """Every export of the clinic."""
    return render_template("reports/history.html", **past(queries.history(None)))


@bp.get("/reports/exports/progress")
@requires(Permission.EXPORT_CREATE, polled=True)
def show_progress() -> str:
    """How far the files are, and the history beside it; the page asks while one is made."""
    found, since = queries.history(), clock.now() - JUST_NOW
    mine = [one for one in found if not one.export.identified or may(Permission.EXPORT_IDENTIFIED)]
    just_ready = [one for one in mine if one.job and one.job.is_ready_since(since)]
    return render_template("reports/_watched.html", just_ready=just_ready, **past(found))


@bp.get("/reports/exports/count")
@requires(Permission.EXPORT_CREATE)
def count() -> str:
    """How much the choices come to, and how many women could be told without a name."""
    form = FilterForm(formdata=request.args)
    if not form.validate():
        return ""
    chosen = wanted(form.protocols.data or (), form.routes.data or ())
    sessions, patients = queries.count_chosen(form.period, chosen)
    rarity = queries.rarity_of(form.period, chosen)
    return render_template("reports/_count.html", sessions=sessions, patients=patients, rare=rarity)


@bp.post("/reports/exports/<uuid:job_id>/cancel")
@requires(Permission.EXPORT_CREATE)
def cancel(job_id: uuid.UUID) -> Any:
    """Stop making a file."""
    return changed(actions.cancel_job, job_id, "The export was cancelled.")


@bp.post("/reports/exports/<uuid:job_id>/again")
@requires(Permission.EXPORT_CREATE)
def again(job_id: uuid.UUID) -> Any:
    """Make a file once more that failed or was cancelled."""
    return changed(actions.try_again, job_id, "The export is being prepared again.")


def changed(change: Any, job_id: uuid.UUID, words: str) -> Any:
    """Do something to a file, and show how it stands."""
    try:
        change(job_of(past_or_404(job_id)))
    except Conflict as refusal:
        flash(str(refusal), "warning")
    else:
        flash(words)
    return redirect(url_for("reports.show", _anchor="export-progress"), 303)


@bp.get("/reports/exports/<uuid:job_id>/file")
@requires(Permission.EXPORT_CREATE)
def download(job_id: uuid.UUID) -> Any:
    """The file, once the trail says who takes it. 404 when it is deleted or not made yet."""
    found = past_or_404(job_id)
    job, now = job_of(found), clock.now()
    path = actions.path_of(job, now) or abort(404)
    form = FORMATS.get(found.export.format)
    sha256, name = job.sha256, job.file_name
    end_reading()
    actions.note_download(job_id, sha256)
    mimetype = form.mimetype if form else "application/octet-stream"
    return send_file(
        path, mimetype, as_attachment=True, download_name=name, conditional=False, etag=False
    )


def past_or_404(job_id: uuid.UUID) -> Past:
    """A file of this clinic. Aborts 403 for one that is not for this person."""
    found = queries.past_of(job_id) or abort(404)
    if found.export.identified and not may(Permission.EXPORT_IDENTIFIED):
        abort(403)
    if withheld() & set(found.export.what.split()):
        abort(403)
    return found


def job_of(found: Past) -> ExportJob:
    """The job of an export that has one."""
    return found.job or abort(404)


@bp.post("/reports/exports/kept")
@requires(Permission.EXPORT_CREATE)
def keep() -> Any:
    """Keep the choices by a name."""
    form = sent_form()
    valid = form.validate()
    if not form.name.data:
        form.name.errors = ["Enter a name for these choices."]
    if not valid or form.name.errors:
        return page(form), 422
    kept = actions.save_definition(form.name.data, form.order, form.purpose.data)
    flash(f"Kept as {kept.name}.")
    return redirect(url_for("reports.show", _anchor="export"), 303)


@bp.post("/reports/exports/kept/<uuid:definition_id>/delete")
@requires(Permission.EXPORT_CREATE)
def forget(definition_id: uuid.UUID) -> Any:
    """Forget choices that were kept."""
    kept = definition_or_404(definition_id)
    actions.delete_definition(kept)
    flash(f"{kept.name} was deleted.")
    return redirect(url_for("reports.show", _anchor="export"), 303)
