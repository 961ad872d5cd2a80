"""This package is about what the browser sends of other treatment."""

from clinic.integration.forms.baby import EVENTS, FEEDING, NO, YES, MeasureForm, MilkForm
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
    "EVENTS",
    "FEEDING",
    "GOAL_STATES",
    "KINDS",
    "NO",
    "NOT_OURS",
    "NO_DOSE",
    "YES",
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
    "MeasureForm",
    "MilkForm",
    "NoteForm",
    "TaskForm",
    "TextForm",
    "TreatmentForm",
    "VisitForm",
]
