"""This file is about the report of a serious event as it is typed."""

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, required
from clinic.sessions.rules.reporting import TOLD


class EventReportForm(BaseForm):
    """To whom, on which day, and words: a number of the report, or why nobody has to be told."""

    reported_to = Choice("Reported to", [required("Choose who was told.")], choices=TOLD)
    reported_on = LocalDate("On", [required("Enter the day.")])
    text = Text("Number of the report, or in words", longest=500)


class TakeBackForm(BaseForm):
    """Why a report was entered in error."""

    reason = Text("Why it was entered in error", [required("Enter why.")], longest=500)
