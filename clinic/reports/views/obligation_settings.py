"""This file is about which forms and clocks a clinic switches on, with what it says of them."""

from collections import Counter
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from clinic.accounts.queries import names_of
from clinic.core.errors import Conflict
from clinic.core.permissions import Permission, requires
from clinic.reports.actions import obligations as actions
from clinic.reports.forms.obligations import (
    ClockSettings,
    FormSettings,
    clock_settings,
    form_settings,
)
from clinic.reports.library.obligations import CLOCKS, library_clocks, library_forms
from clinic.reports.queries.due_forms import open_forms
from clinic.reports.queries.obligations import (
    clocks_in_use,
    form_of,
    newest_version,
    versions_of,
)
from clinic.reports.views.obligations import bp

PAGE = "/settings/obligations"


@bp.get(PAGE)
@requires(Permission.CLINIC_CONFIGURE)
def settings() -> str:
    """The forms and clocks that come with the program, and what this clinic says of each."""
    return page()


@bp.post(PAGE + "/forms/<form_code>")
@requires(Permission.CLINIC_CONFIGURE)
def switch(form_code: str) -> Any:
    """Switch a form on or off, with its labels and values, as the next version."""
    form = settings_of(form_code)
    if form.validate():
        labels, values = form.labels(), form.values()
        try:
            actions.switch_form(form_code, on=bool(form.on.data), labels=labels, values=values)
        except Conflict as clash:
            form.form_errors.append(str(clash))
        else:
            words = "is filled here from now on" if form.on.data else "is filled here no more"
            flash(f"{form.template.title} {words}.")
            return redirect(url_for("obligations.settings"), 303)
    return page(forms={form_code: form}), 422


@bp.post(PAGE + "/clocks")
@requires(Permission.CLINIC_CONFIGURE)
def set_clocks() -> Any:
    """Say which clocks of serious events apply, as the next version."""
    form = clock_settings(clocks_in_use() or library_clocks())
    if form.validate():
        try:
            actions.set_clocks(form.applies(), form.days())
        except Conflict as clash:
            form.form_errors.append(str(clash))
        else:
            flash("The clocks of serious events are set.")
            return redirect(url_for("obligations.settings"), 303)
    return page(clocks=form), 422


def settings_of(form_code: str, **given: Any) -> FormSettings:
    """The settings of a form that comes with the program; 404 for another code."""
    shipped = library_forms().get(form_code) or abort(404)
    newest = newest_version(form_code)
    current = form_of(newest) if newest else None
    return form_settings(shipped, current, on=bool(newest and newest.in_use), **given)


def page(forms: dict[str, FormSettings] | None = None, clocks: ClockSettings | None = None) -> str:
    """The page, with a form that was refused in the place of its empty one."""
    versions = {code: versions_of(code) for code in [*library_forms(), CLOCKS]}
    kept = [one for its in versions.values() for one in its]
    known = {code: settings_of(code, formdata=None) for code in library_forms()}
    return render_template(
        "reports/obligation_settings.html",
        forms=known | (forms or {}),
        clocks=clocks or clock_settings(clocks_in_use() or library_clocks(), formdata=None),
        clocks_code=CLOCKS,
        counts=Counter(str(one.status) for one in open_forms()[0]),
        versions=versions,
        names=names_of({one.published_by_id for one in kept}),
    )
