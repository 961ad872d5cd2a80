"""This file is about what every page of hers shows, and the page when nothing could be stored."""

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.exceptions import RequestEntityTooLarge

from clinic.accounts.sign_in import this_device
from clinic.core.errors import answer_with
from clinic.links.actions.tokens import PATH
from clinic.links.views.entering import Visit
from clinic.messages.rules import Numbers

AWAY = "links/away.html"
PLACE = re.compile(rf"{PATH}[^/]+(/questions/\d+)?")


def page(template: str, here: Visit, **more: Any) -> str:
    """A page of hers, with the numbers to call."""
    return render_template(
        template,
        here=here,
        token=g.link_token,
        numbers=here.settings.numbers,
        kept_numbers=signer(current_app).dumps(asdict(here.settings.numbers)),
        unlock=unlock_address() if here.in_hand else None,
        **more,
    )


def unlock_address() -> str:
    """Where a person of the staff gets the tablet back."""
    return url_for("switch.show") if this_device() else url_for("security.login")


def signer(app: Flask) -> URLSafeSerializer:
    """Signs the numbers that a form carries, so that they are there when the database is not."""
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="numbers")


def carried_numbers() -> Numbers:
    """The numbers that the form of this request carried; none when it carried none of ours."""
    try:
        kept = request.form.get("kept_numbers", "")
        return Numbers(**signer(current_app).loads(kept))
    except (BadData, TypeError, RequestEntityTooLarge):
        return Numbers()


def not_reached(_status: int) -> Response:
    """Nothing was stored: the numbers come first. Uses neither database nor session."""
    template = current_app.jinja_env.get_template(AWAY)
    words = template.render(numbers=carried_numbers(), again=back_address(), dialled=dialled)
    return Response(words, mimetype="text/html")


def back_address() -> str:
    """The question she was on, or the beginning, for another try."""
    found = PLACE.match(request.path)
    return quote(found[0] if found else PATH)


def dialled(number: str) -> str:
    """A number as `tel:` wants it."""
    return ("+" if number.lstrip().startswith("+") else "") + "".join(filter(str.isdigit, number))


def init_app(app: Flask) -> None:
    """Refusals under her addresses are said in her page's words."""
    answer_with(app, PATH, not_reached)
    app.jinja_env.filters["dialled"] = dialled
