"""This file is about the work list: sessions to review, and courses to look at again by a day."""

from flask import render_template

from clinic.core import clock
from clinic.core.permissions import Permission, requires
from clinic.review.queries import re_evaluations
from clinic.review.views.page import WORDS, bp
from clinic.sessions.queries import unreviewed, unreviewed_count

MOST = 100  # sessions on one page; the oldest come first, so the list works itself off


@bp.get("/reviews")
@requires(Permission.CHART_READ)
def work() -> str:
    """Signed sessions that nobody has reviewed, and courses by the day they are looked at again."""
    return render_template(
        "review/work.html",
        sessions=unreviewed(MOST),
        count=unreviewed_count(),
        re_evaluations=re_evaluations(),
        today=clock.today(),
        words=WORDS,
    )
