"""This file is about keeping a report: its figures as they are now, under the rules of today."""

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import before_writing, db
from clinic.notation.rules.canonical import digest
from clinic.reports.models import SavedReport
from clinic.reports.queries import outcomes as queries
from clinic.reports.rules.outcomes import Scope, report_of
from clinic.reports.rules.outcomes.keeping import to_text


def save_report(title: str, scope: Scope) -> SavedReport:
    """Work the figures out and keep them. Nothing may have been written before this call."""
    with before_writing():
        text = to_text(report_of(queries.gathered(scope)))
    saved = SavedReport(
        title=title,
        first_on=scope.period.first_on,
        last_on=scope.period.last_on,
        **vars(scope.cohort),
        as_of_at=scope.now,
        definitions_version=scope.rules.version,
        definitions_digest=scope.rules.digest,
        figures=text,
        sha256=digest(text),
        created_by_id=acting().actor_id,
        created_at=clock.now(),
    )
    db.session.add(saved)
    db.session.flush()
    return saved
