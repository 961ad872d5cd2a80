"""This file is about a report in the demonstration: half a year, kept to be shared."""

from datetime import timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import HARBOUR
from clinic.reports.actions import save_report
from clinic.reports.library import newest
from clinic.reports.queries.outcomes import choices, leading_scale, scope_of
from clinic.reports.queries.saved import saved_reports
from clinic.reports.rules import Period
from clinic.reports.rules.outcomes import Cohort

TITLE = "Half-yearly report"
HALF_A_YEAR = timedelta(days=182)


def load_report() -> None:
    """The figures of half a year as they are now, unless there is a report."""
    with at_work(HARBOUR, Role.ADMINISTRATOR):
        if saved_reports():
            return
        period = Period(clock.today() - HALF_A_YEAR, clock.today())
        cohort = Cohort(scale=leading_scale(choices()))
        save_report(TITLE, scope_of(period, cohort, newest(), clock.now()))
