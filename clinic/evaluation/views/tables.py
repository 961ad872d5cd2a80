"""This file is about the page on which a clinic says when an antidepressant trial was adequate."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core.errors import Conflict
from clinic.core.permissions import Permission, requires
from clinic.evaluation import actions, queries
from clinic.evaluation.forms import TableForm, table_form
from clinic.evaluation.views.blueprint import bp


@bp.get("/antidepressant-table")
@requires(Permission.PROTOCOL_READ)
def show_table() -> str:
    """The table in force, who published it when, and the versions before."""
    versions = queries.all_tables()
    return render_template(
        "evaluation/table.html",
        in_force=queries.table_in_force(),
        versions=versions,
        people=names_of([version.published_by_id for version in versions]),
    )


@bp.route("/antidepressant-table/new", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def publish_table() -> Any:
    """Publish a version of the clinic's own, beginning with the one in force."""
    in_force = queries.table_in_force().table
    form = table_form(in_force, request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate() and published(form):
        return redirect(url_for(".show_table"), 303)
    page = render_template("evaluation/table_new.html", form=form)
    return page, 422 if request.method == "POST" else 200


def published(form: TableForm) -> bool:
    """Whether it was published; if not, the form says why."""
    table = form.table()
    if table is None:
        return False
    try:
        version = actions.publish_table(table, form.reason.data)
    except Conflict as clash:
        form.form_errors.append(str(clash))
        return False
    flash(f"Version {version.n} of the table is in force.")
    return True
