"""This package is about what a clinic owes to those outside: forms, clocks of serious events."""

from clinic.reports.rules.obligations.clocks import (
    ClocksError,
    ClockStanding,
    ClockState,
    EventClock,
    EventClocks,
    known_on,
    standings,
)
from clinic.reports.rules.obligations.codes import FieldKind, FilledBy, SentBy
from clinic.reports.rules.obligations.filling import (
    FilledField,
    FormContent,
    differences,
    fill,
)
from clinic.reports.rules.obligations.form_subject import FormSubject
from clinic.reports.rules.obligations.form_template import (
    FormField,
    FormTemplate,
    TemplateError,
)
from clinic.reports.rules.obligations.standing import (
    FormStatus,
    Submitted,
    days_left,
    form_status,
    standing_submissions,
)

__all__ = [
    "ClockStanding",
    "ClockState",
    "ClocksError",
    "EventClock",
    "EventClocks",
    "FieldKind",
    "FilledBy",
    "FilledField",
    "FormContent",
    "FormField",
    "FormStatus",
    "FormSubject",
    "FormTemplate",
    "SentBy",
    "Submitted",
    "TemplateError",
    "days_left",
    "differences",
    "fill",
    "form_status",
    "known_on",
    "standing_submissions",
    "standings",
]
