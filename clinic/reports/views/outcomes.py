"""This file is about the pages of figures: of a period and cohort, and of what each counted."""

from typing import Any

from flask import abort, render_template, request

from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.patients.queries import by_ids
from clinic.reports.charts import effects_chart, outcome_chart, time_chart
from clinic.reports.forms import CohortForm
from clinic.reports.library import newest
from clinic.reports.queries import outcomes as queries
from clinic.reports.queries.saved import saved_reports
from clinic.reports.rules.outcomes import (
    Code,
    Key,
    Report,
    Scope,
    effect_table,
    outcome_rows,
    report_of,
    row_of,
    sections,
    shown,
)
from clinic.reports.rules.outcomes.words import SHARES, few
from clinic.reports.views.blueprint import bp
from clinic.reports.views.panels import panels

MANY = 150  # courses that are read without being asked twice: some ten seconds
PAGE = 100  # rows of a list


@bp.get("/reports")
@requires(Permission.FIGURES_READ)
def show() -> Any:
    """The figures of a period and cohort; below them the exports, for those who may."""
    form = form_asked_for()
    exports = panels() if may(Permission.EXPORT_CREATE) else {}
    exports |= {"saved": saved_reports(), "saving": None}
    if request.args.keys() - {"definition"} and not form.validate():
        return render_template("reports/show.html", cohort=form, **exports), 422
    scope = scope_of(form)
    many = queries.how_many(scope)
    if many > MANY and "compute" not in request.args:
        return render_template("reports/show.html", cohort=form, many=many, **exports)
    report = report_of(queries.gathered(scope))
    return render_template(
        "reports/show.html", cohort=form, **figures(report, scope, shared=False), **exports
    )


@bp.get("/reports/counted")
@requires(Permission.FIGURES_READ)
def show_counted() -> Any:
    """What one figure looked at, one row each; names for those who may open the record."""
    form, key = form_asked_for(), Key.read(request.args.get("figure", ""))
    if key.code not in list(Code) or not form.validate():
        abort(404)
    scope, start = scope_of(form), max(request.args.get("start", 0, int), 0)
    page, found = queries.counted(scope, key, start, PAGE)
    report = report_of(found)
    if key not in report.figures:
        abort(404)
    named = may(Permission.CHART_READ)
    patients = by_ids({one.patient_id for one in page if one.patient_id}) if named else {}
    return render_template(
        "reports/counted.html",
        cohort=form,
        key=key,
        row=row_of(report, key, shared=False),
        page=page,
        start=start,
        more=len(page) == PAGE,
        size=PAGE,
        patients=patients,
        scope=scope,
        shares=key.code != Code.ON_TIME and report.figures[key].kind in SHARES,
    )


def form_asked_for() -> CohortForm:
    """The period and cohort of the address; without one the last year of everybody."""
    among = queries.choices()
    if "from" in request.args:
        return CohortForm(among, formdata=request.args)
    return CohortForm.usual(among)


def scope_of(form: CohortForm) -> Scope:
    """What is computed, by the rules of today."""
    return queries.scope_of(form.period, form.cohort, newest(), clock.now())


def figures(report: Report, scope: Scope, *, shared: bool) -> dict[str, Any]:
    """Figures drawn and written. `shared`: small ones are not told."""
    small = report.rules.small
    return {
        "report": report,
        "scope": scope,
        "shared": shared,
        "clinic": own_clinic().name,
        "patients": few(report.patients, small, shared=shared),
        "said": lambda code, part="": shown(report.at(code, part), small, shared=shared),
        "outcome": outcome_rows(report, shared=shared),
        "effects": effect_table(report, shared=shared),
        "sections": sections(report, shared=shared),
        "charts": {
            "outcome": outcome_chart(report, shared=shared),
            "effects": effects_chart(report, shared=shared),
            "response": time_chart(report, Code.TIME_TO_RESPONSE, shared=shared),
            "relapse": time_chart(report, Code.TIME_TO_RELAPSE, shared=shared),
        },
    }
