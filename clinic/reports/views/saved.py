"""This file is about reports that were kept: to look at, to work out again, to hand over."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of, own_clinic
from clinic.core import clock, paper
from clinic.core.acting import acting
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.reports import actions
from clinic.reports.charts import figures_on_paper
from clinic.reports.forms import SavedReportForm
from clinic.reports.library import newest, program_version
from clinic.reports.models import SavedReport
from clinic.reports.queries import outcomes as queries
from clinic.reports.queries import saved
from clinic.reports.rules.column import PLAIN
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.outcomes import Report, Scope
from clinic.reports.rules.outcomes.keeping import differences
from clinic.reports.views.blueprint import bp
from clinic.reports.views.outcomes import figures, scope_of


@bp.post("/reports/saved")
@requires(Permission.EXPORT_CREATE)
def save() -> Any:
    """Keep the figures of a period and cohort as they are now."""
    form = SavedReportForm(queries.choices())
    if not form.validate_on_submit():
        return render_template("reports/show.html", cohort=form, saving=form), 422
    kept = actions.save_report(form.title.data or "", scope_of(form))
    return redirect(url_for("reports.show_saved", saved_id=kept.id), 303)


@bp.get("/reports/saved/<uuid:saved_id>")
@requires(Permission.FIGURES_READ)
def show_saved(saved_id: uuid.UUID) -> str:
    """A report as it was kept, small counts not told; `?again=1` works it out once more."""
    row = get_or_404(SavedReport, saved_id)
    report = saved.kept(row)
    scope = saved.scope_then(row, report.rules)
    return render_template(
        "reports/saved.html",
        saved=row,
        by=names_of({row.created_by_id}).get(row.created_by_id, ""),
        compared=compared(row, report) if "again" in request.args else None,
        **figures(report, scope, shared=True),
    )


@bp.get("/reports/saved/<uuid:saved_id>/paper")
@requires(Permission.EXPORT_CREATE)
def print_saved(saved_id: uuid.UUID) -> Response:
    """The same as a tagged PDF, to hand over."""
    row = get_or_404(SavedReport, saved_id)
    report = saved.kept(row)
    scope, size = saved.scope_then(row, report.rules), paper.size_wanted()
    pdf = outcomes_pdf(row.title, report, scope, row.sha256, heads(), size=size)
    return paper.as_file(pdf, f"outcomes-{row.first_on}-to-{row.last_on}.pdf")


def compared(row: SavedReport, report: Report) -> list[tuple[str, list[Any]]]:
    """What comes out otherwise now: under the rules of its day, and under those of today."""
    versions = {report.rules.version: report.rules, newest().version: newest()}
    return [
        (
            f"Under version {version} of the definitions",
            differences(report, saved.again(row, rules), shared=True),
        )
        for version, rules in versions.items()
    ]


def heads(mask: Mask = PLAIN) -> dict[str, str | None]:
    """Which clinic it is and who prints; masked, by their pseudonyms."""
    own, me, clinic = mask.of(None), acting().actor_id, own_clinic()
    name = clinic.name if mask.is_plain else own.id(clinic.code)
    return {"clinic_name": name, "printed_by": own.person(names_of({me}).get(me, ""))}


def outcomes_pdf(
    title: str, report: Report, scope: Scope, sha256: str, heads: Mapping[str, Any], *, size: str
) -> bytes:
    """Figures on paper, small counts not told. Raises CannotPrint where Pango is missing."""
    content = figures(report, scope, shared=True)
    specs = content["charts"]
    pictures = {name: paper.as_svg(figures_on_paper(spec)) for name, spec in specs.items()}
    html = render_template(
        "reports/outcomes_paper.html",
        title=title,
        program=program_version(),
        sha256=sha256,
        printed_at=clock.now(),
        css=paper.style_sheet(),
        **heads,
        **content,
    )
    return paper.as_pdf(html, size=size, pictures=pictures)
