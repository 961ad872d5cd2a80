"""This package is about what the browser and the tablet send: one form for each kind of entry."""

from clinic.sessions.forms.administration import AdministrationForm
from clinic.sessions.forms.amending import AmendmentForm
from clinic.sessions.forms.around import (
    AbsenceForm,
    CannulaForm,
    HandoverForm,
    OrderForm,
    SupplyForm,
)
from clinic.sessions.forms.base import EntryForm
from clinic.sessions.forms.entries import (
    FORMS,
    AcknowledgementForm,
    AdverseEventForm,
    CheckForm,
    InterventionForm,
    NoteForm,
    TransitionForm,
)
from clinic.sessions.forms.exporting import DeidentifiedForm, SessionWantedForm
from clinic.sessions.forms.observation import ObservationForm
from clinic.sessions.forms.offline import DiscardForm, TabletForm
from clinic.sessions.forms.reporting import EventReportForm, TakeBackForm
from clinic.sessions.forms.reviewing import ReviewForm
from clinic.sessions.forms.session import (
    CheckInForm,
    CriterionForm,
    DischargeForm,
    OverrideForm,
    SessionForm,
)

__all__ = [
    "FORMS",
    "AbsenceForm",
    "AcknowledgementForm",
    "AdministrationForm",
    "AdverseEventForm",
    "AmendmentForm",
    "CannulaForm",
    "CheckForm",
    "CheckInForm",
    "CriterionForm",
    "DeidentifiedForm",
    "DiscardForm",
    "DischargeForm",
    "EntryForm",
    "EventReportForm",
    "HandoverForm",
    "InterventionForm",
    "NoteForm",
    "ObservationForm",
    "OrderForm",
    "OverrideForm",
    "ReviewForm",
    "SessionForm",
    "SessionWantedForm",
    "SupplyForm",
    "TabletForm",
    "TakeBackForm",
    "TransitionForm",
]
