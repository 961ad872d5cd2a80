"""This file is about the pages on which a clinic writes the texts of its letters."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.integration import actions, queries
from clinic.integration.forms import TextForm
from clinic.integration.library import shipped_text
from clinic.integration.rules import RECIPIENT_WORDS, allowed
from clinic.integration.views.blueprint import bp
from clinic.integration.views.letters import of


@bp.get("/letter-texts")
@requires(Permission.CLINIC_CONFIGURE)
def letter_texts() -> str:
    """Which text is in force for each recipient."""
    return render_template(
        "integration/texts.html",
        in_force=queries.templates_in_force(),
        recipients=RECIPIENT_WORDS,
    )


@bp.route("/letter-texts/<recipient>", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def letter_text(recipient: str) -> Any:
    """Publish a text, beginning with the one in force or the one that comes with the program."""
    to = of(recipient)
    before = queries.template_for(to)
    form = TextForm(body=before.body if before else shipped_text(to))
    if form.validate_on_submit():
        try:
            published = actions.publish_template(to, form.body.data)
            flash(f"Version {published.n} is in force.")
            return redirect(url_for(".letter_texts"), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    page = render_template(
        "integration/text.html",
        form=form,
        to=to,
        before=before,
        recipients=RECIPIENT_WORDS,
        names=allowed(to),
    )
    return page, 422 if request.method == "POST" else 200
