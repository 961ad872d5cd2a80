"""This file is about the pages of exports: choose and download, what each column means."""

from typing import Any

from flask import Response, abort, render_template, request, stream_with_context

from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.reports import actions, queries
from clinic.reports.forms import ExportForm, PeriodForm
from clinic.reports.queries.masking import clinic_in, mask_for
from clinic.reports.queries.wanted import wanted
from clinic.reports.rules import TABLES, Table, dictionary, file_name, tally
from clinic.reports.rules.alerts import as_csv, count_alerts
from clinic.reports.rules.ordering import Order
from clinic.reports.views.blueprint import bp
from clinic.reports.views.panels import allowed, panels, sent_form, withheld


@bp.post("/reports/exports/<table_code>")
@requires(Permission.EXPORT_CREATE)
def create(table_code: str) -> Any:
    """Note the export, then stream one table. The note is committed before the first byte."""
    table = TABLES.get(table_code) or abort(404)
    if table.code in withheld():
        abort(403)
    form = sent_form(table.code)
    if not form.validate_on_submit() or not allowed(form):
        return page(form), 422
    try:
        actions.record_export(form.order, form.purpose.data)
    except actions.TooManyExports as refusal:
        return too_many(form, refusal)
    return streamed(table, form.order)


def streamed(table: Table, order: Order) -> Response:
    """One table as it leaves."""
    wanted_ = wanted(order.protocols, order.routes, order.course_id)
    rows = queries.exported(table, order.period, clock.now(), mask_for(order), wanted_)
    days = f"{order.period.first_on}-to-{order.period.last_on}"
    return attachment(stream_with_context(rows), clinic_in(order), table.code, days)


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


def page(form: ExportForm | None = None) -> str:
    """The page with a form that was refused; figures are not computed for it."""
    return render_template("reports/show.html", **panels(form))


def too_many(form: ExportForm, refusal: actions.TooManyExports) -> Any:
    """The page again, with how long to wait."""
    form.form_errors.append(str(refusal))
    return page(form), 429, {"Retry-After": str(refusal.wait)}


def attachment(content: Any, *name: str) -> Response:
    """A file to keep, not to show."""
    response = Response(content, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(*name))
    return response
