"""This file is about the outcome report that a worker makes: figures, and nobody's name."""

from typing import BinaryIO

from clinic.core.db import end_reading
from clinic.notation.rules.canonical import digest
from clinic.reports.actions.formats import Format
from clinic.reports.library import newest
from clinic.reports.queries import outcomes as queries
from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress
from clinic.reports.rules.outcomes import Cohort, Gathering, Scope, report_of
from clinic.reports.rules.outcomes.keeping import to_text
from clinic.reports.views.saved import heads, outcomes_pdf

TITLE, A4 = "Outcome report", "a4"


def write(order: Order, source: Source, mask: Mask, file: BinaryIO, progress: Progress) -> int:
    """The figures of the order's period and cohort as a tagged PDF, small ones not told; how many.

    They are worked out by the rules of today, as things stood when it was ordered.
    """
    scope = scope_of(order, source)
    report = report_of(gathered(scope, progress))
    sha256 = digest(to_text(report))
    file.write(outcomes_pdf(TITLE, report, scope, sha256, heads(mask), size=A4))
    return len(report.figures)


def scope_of(order: Order, source: Source) -> Scope:
    """Whose figures. An order of figures names one protocol and one route, or none."""
    cohort = Cohort(
        protocol="".join(order.protocols),
        route="".join(order.routes),
        scale=queries.leading_scale(queries.choices()),
    )
    return queries.scope_of(order.period, cohort, newest(), source.now)


def gathered(scope: Scope, progress: Progress) -> Gathering:
    """The figures, course after course. Lets Cancelled through."""
    found, total = Gathering(scope), queries.how_many(scope)
    progress.step(0, total)
    for done, course in enumerate(queries.every(scope), 1):
        found.add(course)
        progress.step(min(done, total), total)
    found.risk_answers(queries.risk_answers(scope))
    end_reading()
    return found


OUTCOMES = Format(
    "outcomes",
    "Outcome report",
    "figures of the period as PDF, without names; counts below five not told",
    ".pdf",
    "application/pdf",
    write,
    has_tables=False,
    only_figures=True,
)
