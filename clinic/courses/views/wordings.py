"""This file is about the pages on which a clinic publishes its wording of consent."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses import actions, queries
from clinic.courses.forms import CODES, WordingForm
from clinic.courses.library import shipped_wordings
from clinic.courses.models import ConsentText
from clinic.courses.rules import digest_of
from clinic.courses.views.blueprint import bp


@bp.get("/consent-wordings")
@requires(Permission.CLINIC_CONFIGURE)
def show_wordings() -> str:
    """What is in force for each treatment, and what comes with the program."""
    published = queries.wordings_in_force()
    in_force = {text.code: text for text in published}
    return render_template(
        "courses/wordings.html",
        in_force=in_force,
        shipped={code: digest_of(*words) for code, words in shipped_wordings().items()},
        codes=CODES,
        people=names_of([text.published_by_id for text in published]),
    )


@bp.get("/consent-wordings/<uuid:text_id>")
@requires(Permission.CLINIC_CONFIGURE)
def show_wording(text_id: uuid.UUID) -> str:
    """One version, word for word."""
    text = get_or_404(ConsentText, text_id)
    return render_template(
        "courses/wording.html",
        text=text,
        versions=queries.all_wordings(text.code),
        codes=dict(CODES),
        people=names_of([text.published_by_id]),
    )


@bp.post("/consent-wordings/shipped/<code>")
@requires(Permission.CLINIC_CONFIGURE)
def publish_shipped(code: str) -> Any:
    """Put what comes with the program in force."""
    text = actions.publish_shipped_wording(code)
    flash(f"Version {text.n} is in force.")
    return redirect(url_for(".show_wordings"), 303)


@bp.route("/consent-wordings/new", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def publish_own() -> Any:
    """Publish a wording of the clinic's own, beginning with the one in force."""
    newest = next(
        (t for t in queries.wordings_in_force() if t.code == request.args.get("code")), None
    )
    form = WordingForm(obj=newest)
    if form.validate_on_submit() and published(form):
        return redirect(url_for(".show_wordings"), 303)
    page = render_template("courses/wording_new.html", form=form)
    return page, 422 if request.method == "POST" else 200


def published(form: WordingForm) -> bool:
    """Whether it was published; if not, the form says why."""
    try:
        text = actions.publish_wording(form.code.data, form.title.data, form.body.data)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    except Conflict as clash:
        form.form_errors.append(str(clash))
        return False
    flash(f"Version {text.n} is in force.")
    return True
