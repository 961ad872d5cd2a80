"""This package is about what the browser sends of other treatment."""

from clinic.integration.forms.plan import GOAL_STATES, AgreementForm, DoneForm, GoalForm, TaskForm
from clinic.integration.forms.treatments import (
    AttendanceForm,
    ErrorForm,
    GroupForm,
    ListForm,
    TreatmentForm,
)
from clinic.integration.forms.visits import KINDS, NO_DOSE, NOT_OURS, NoteForm, VisitForm

__all__ = [
    "GOAL_STATES",
    "KINDS",
    "NOT_OURS",
    "NO_DOSE",
    "AgreementForm",
    "AttendanceForm",
    "DoneForm",
    "ErrorForm",
    "GoalForm",
    "GroupForm",
    "ListForm",
    "NoteForm",
    "TaskForm",
    "TreatmentForm",
    "VisitForm",
]
