"""This file is about the scales of a course: every use, one use, and the panel with the latest."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import current_app, g, render_template

from clinic.accounts.queries import names_of
from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.instruments import queries
from clinic.instruments.forms import MOMENTS, STEPS, WAYS, ReviewForm
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries import Answered
from clinic.instruments.queries.safety import words_of
from clinic.instruments.rules import Instrument, Method
from clinic.instruments.rules.licences import LANGUAGES
from clinic.instruments.views.blueprints import course

PLANNED = "clinic.instruments.planned"
WORDS = {
    "moments": dict(MOMENTS),
    "ways": dict(WAYS) | {"link": "By private link", "tablet": "On the tablet in her hands"},
    "steps": dict(STEPS),
    "languages": LANGUAGES,
}


@course.get("/courses/<uuid:course_id>/scales")
@requires(Permission.CHART_READ)
def of_course(course_id: uuid.UUID) -> str:
    """Every use, newest first, and what the protocol plans."""
    uses = queries.histories_of(course_id)[::-1]
    return render_template(
        "instruments/of_course.html",
        course_id=course_id,
        uses=uses,
        planned=planned(course_id),
        others=[scale for scale in queries.all_scales().values() if is_answered(scale)],
        people=people_of(uses),
        **WORDS,
    )


@course.get("/scales/<uuid:response_id>")
@requires(Permission.CHART_READ)
def show(response_id: uuid.UUID) -> str:
    """One use: its score, its answers, what they were before, what waits for a person."""
    return shown(response_id, ReviewForm(formdata=None, done_at=clock.now()))


def shown(response_id: uuid.UUID, form: ReviewForm) -> str:
    """The page of one use, with the form of a review."""
    use = queries.use_of(get_or_404(QuestionnaireResponse, response_id))
    return render_template(
        "instruments/show.html",
        course_id=use.response.course_id,
        use=use,
        form=form,
        waiting=[words_of(use, number) for number in range(len(use.open))],
        people=people_of([use]),
        **WORDS,
    )


def planned(course_id: uuid.UUID) -> list[tuple[Any, Instrument, str | None]]:
    """(what the protocol plans, its scale, why it may not be answered now)."""
    ask = current_app.extensions.get(PLANNED)
    rows = ask(course_id) if ask else ()
    found = [(row, queries.current(row.scale)) for row in rows]
    return [
        (row, scale, queries.why_not_yet(g.patient_id, scale, scale.form(row.form), clock.now()))
        for row, scale in found
        if scale is not None and is_answered(scale)
    ]


def is_answered(scale: Instrument) -> bool:
    """Whether it is answered item by item."""
    return scale.method is not Method.TRIAL_LIST


def people_of(uses: Sequence[Answered]) -> dict[uuid.UUID, str]:
    """Names of those who wrote down and reviewed."""
    authors = {row.author_id for use in uses for row in use.versions}
    people = names_of(authors | {review.author_id for use in uses for review in use.reviews})
    return people | {use.response.patient_id: "herself" for use in uses}


def panel(of: Any) -> str:
    """The latest score of each form of a scale, for the front page of a course (`of`)."""
    last: dict[tuple[str, str], Answered] = {}
    for use in queries.responses_of(of.id):
        last[use.response.instrument_code, use.response.form_code] = use
    return render_template("instruments/_panel.html", course=of, uses=list(last.values()), **WORDS)
