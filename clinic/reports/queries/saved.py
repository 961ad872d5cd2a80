"""This file is about reports that were kept: as they are, and worked out once more."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.core.db import db
from clinic.core.errors import DomainError
from clinic.notation.rules.canonical import digest
from clinic.reports.library import definitions_by_version
from clinic.reports.models import SavedReport
from clinic.reports.queries.outcomes import gathered, scope_of
from clinic.reports.rules.outcomes import Definitions, Report, Scope, report_of
from clinic.reports.rules.outcomes.keeping import from_text

SHOWN = 20


class RulesChanged(DomainError):
    """The rules or the figures of a saved report are not those that were kept."""

    status = 409


def saved_reports() -> Sequence[SavedReport]:
    """The newest kept reports, newest first."""
    newest = select(SavedReport).order_by(SavedReport.created_at.desc(), SavedReport.id.desc())
    return db.session.scalars(newest.limit(SHOWN)).all()


def rules_of(saved: SavedReport) -> Definitions:
    """The rules of its day. Raises RulesChanged where they are not those that it was made by."""
    rules = definitions_by_version().get(saved.definitions_version)
    if rules is None or rules.digest != saved.definitions_digest:
        raise RulesChanged(
            f"Version {saved.definitions_version} of the definitions is not the one of this report."
        )
    return rules


def kept(saved: SavedReport) -> Report:
    """Its figures. Raises RulesChanged where they are not those that were kept."""
    if digest(saved.figures) != saved.sha256:
        raise RulesChanged("The figures of this report are not those that were kept.")
    return from_text(saved.figures, rules_of(saved))


def scope_then(saved: SavedReport, rules: Definitions) -> Scope:
    """The same period, cohort and moment, under some rules."""
    return scope_of(saved.period, saved.cohort, rules, saved.as_of_at)


def again(saved: SavedReport, rules: Definitions) -> Report:
    """Worked out once more from the record as it is now, up to the moment of the report."""
    return report_of(gathered(scope_then(saved, rules)))
