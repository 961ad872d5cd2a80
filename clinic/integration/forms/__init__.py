"""This package is about what the browser sends of other treatment."""

from clinic.integration.forms.letters import (
    AGREED,
    DeliveryForm,
    HelperForm,
    LetterConsentForm,
    LetterForm,
    TextForm,
)
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
    "AGREED",
    "GOAL_STATES",
    "KINDS",
    "NOT_OURS",
    "NO_DOSE",
    "AgreementForm",
    "AttendanceForm",
    "DeliveryForm",
    "DoneForm",
    "ErrorForm",
    "GoalForm",
    "GroupForm",
    "HelperForm",
    "LetterConsentForm",
    "LetterForm",
    "ListForm",
    "NoteForm",
    "TaskForm",
    "TextForm",
    "TreatmentForm",
    "VisitForm",
]
