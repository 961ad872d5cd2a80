"""This file is about the pages of exports: choose and download, what each column means."""

from typing import Any

from flask import Response, abort, render_template, request, stream_with_context

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.reports import actions, queries
from clinic.reports.forms import ExportForm, PeriodForm
from clinic.reports.rules import TABLES, dictionary, file_name, tally
from clinic.reports.rules.alerts import as_csv, count_alerts
from clinic.reports.views.blueprint import bp


@bp.get("/reports")
@requires(Permission.EXPORT_CREATE)
def show() -> str:
    """Period, purpose, one button for each file, and who exported before."""
    today = clock.today()
    return page(ExportForm(formdata=None, first_on=today.replace(day=1), last_on=today))


@bp.post("/reports/exports/<table_code>")
@requires(Permission.EXPORT_CREATE)
def create(table_code: str) -> Any:
    """Note the export, then stream the file. The note is committed before the first byte."""
    table = TABLES.get(table_code) or abort(404)
    form = ExportForm()
    if not form.validate_on_submit():
        return page(form), 422
    try:
        actions.record_export(table, form.period, form.purpose.data)
    except actions.TooManyExports as refusal:
        form.form_errors.append(str(refusal))
        return page(form), 429, {"Retry-After": str(refusal.wait)}
    days = f"{form.first_on.data}-to-{form.last_on.data}"
    rows = queries.exported(table, form.period, clock.now())
    return attachment(stream_with_context(rows), own_clinic().code, table.code, days)


@bp.get("/reports/figures")
@requires(Permission.EXPORT_CREATE)
def show_figures() -> Any:
    """Counts of a period for those who run the clinic (definitions D8.8)."""
    form = period_asked_for()
    if request.args and not form.validate():
        return render_template("reports/figures.html", form=form, tally=None), 422
    found = tally(queries.session_parts(form.period, clock.now()))
    responding = queries.responding(form.period, clock.now())
    return render_template("reports/figures.html", form=form, tally=found, responding=responding)


@bp.get("/reports/alerts")
@requires(Permission.EXPORT_CREATE)
def show_alerts() -> Any:
    """Alerts per rule of a period: taken up how soon, closed how."""
    form = period_asked_for()
    if request.args and not form.validate():
        return render_template("reports/alerts.html", form=form, counts=None), 422
    counts = count_alerts(queries.session_parts(form.period, clock.now()))
    return render_template("reports/alerts.html", form=form, counts=counts)


@bp.get("/reports/alerts.csv")
@requires(Permission.EXPORT_CREATE)
def download_alerts() -> Any:
    """The same as a file. It tells of nobody: small counts are hidden, so it is no export."""
    form = period_asked_for()
    if request.args and not form.validate():
        return render_template("reports/alerts.html", form=form, counts=None), 422
    counts = count_alerts(queries.session_parts(form.period, clock.now()))
    days = f"{form.first_on.data}-to-{form.last_on.data}"
    return attachment("".join(as_csv(counts)), own_clinic().code, "alerts", days)


def period_asked_for() -> PeriodForm:
    """The period of the address; without one this month."""
    if request.args:
        return PeriodForm(formdata=request.args)
    today = clock.today()
    return PeriodForm(formdata=None, first_on=today.replace(day=1), last_on=today)


@bp.get("/reports/dictionary")
@requires(Permission.EXPORT_CREATE)
def show_dictionary() -> str:
    """What each column of each file means, to read."""
    return render_template("reports/dictionary.html", tables=TABLES.values())


@bp.get("/reports/dictionary.csv")
@requires(Permission.EXPORT_CREATE)
def download_dictionary() -> Response:
    """The same as a file. It holds no data of anybody, so it is no export."""
    return attachment(dictionary(), "clinic-export-dictionary")


def page(form: ExportForm) -> str:
    """The page with a form, filled or refused."""
    exports = queries.recent()
    return render_template(
        "reports/show.html",
        form=form,
        tables=TABLES,
        exports=exports,
        names=names_of({export.created_by_id for export in exports}),
    )


def attachment(content: Any, *name: str) -> Response:
    """A file to keep, not to show."""
    response = Response(content, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(*name))
    return response
