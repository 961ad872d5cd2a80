"""This file is about the other kinds of entry as they are typed: side effects, checks, steps."""

from wtforms.validators import ValidationError

from clinic.core.forms import (
    Choice,
    Flag,
    Identifier,
    RequiredIf,
    Text,
    WholeNumber,
    required,
)
from clinic.protocols.rules import Severity
from clinic.sessions.forms.administration import AdministrationForm
from clinic.sessions.forms.around import (
    AbsenceForm,
    CannulaForm,
    HandoverForm,
    OrderForm,
    SupplyForm,
)
from clinic.sessions.forms.base import EntryForm, codes
from clinic.sessions.forms.observation import ObservationForm
from clinic.sessions.rules.log import (
    AdverseEventEvent,
    Answer,
    InterventionCategory,
    TransitionEvent,
)

NEED_WORDS = (
    "checked-in",
    "dosing-stopped",
    "cancelled",
    "left-against-advice",
    "transferred",
)
HOW_MANY = "Enter the minutes: from the first dose, or until the next reading."
SERIOUS = (
    ("death", "Death"),
    ("life-threatening", "Life-threatening"),
    ("hospitalisation", "Inpatient hospitalisation or prolongation"),
    ("disability", "Persistent or significant disability"),
    ("congenital-anomaly", "Congenital anomaly"),
    ("medically-important", "Important medical event"),
)


class AdverseEventForm(EntryForm):
    """A side effect: onset, a change of severity, its end."""

    OWN = ("event", "subject_id", "term", "severity", "serious", "criterion", "text")

    event = Choice(
        "Side effect event", [required("Choose what happened.")], choices=codes(AdverseEventEvent)
    )
    subject_id = Identifier(
        "Side effect",
        [RequiredIf("event", "severity", "resolved", sentence="Say which side effect.")],
    )
    term = Text(
        "Side effect",
        [RequiredIf("event", "onset", sentence="Choose the side effect.")],
        longest=60,
    )
    severity = Choice(
        "Severity",
        [RequiredIf("event", "onset", "severity", sentence="Choose the severity.")],
        choices=codes(Severity),
    )
    serious = Flag("Serious")
    criterion = Choice(
        "Serious because",
        [RequiredIf("serious", True, sentence="Choose why it is serious.")],
        choices=SERIOUS,
    )
    text = Text("In words", longest=500)

    def validate_term(self, field: Text) -> None:
        """A term of the protocol's list."""
        known = {term.code for term in self.plan.side_effects.terms} if self.plan else set()
        if field.data and self.plan and field.data not in known:
            raise ValidationError("Choose the side effect from the list.")

    def validate_text(self, field: Text) -> None:
        """ "Other" needs words."""
        if self.term.data == "other" and not field.data:
            raise ValidationError("Enter what it is.")


class InterventionForm(EntryForm):
    """What was done for her."""

    OWN = ("category", "text", "drug", "dose", "route", "ordered_by")

    category = Choice(
        "Intervention", [required("Choose what was done.")], choices=codes(InterventionCategory)
    )
    text = Text(
        "In words",
        [RequiredIf("category", "other", "call", sentence="Enter what was done.")],
        longest=500,
    )
    drug = Text(
        "Medicine",
        [RequiredIf("category", "medicine", sentence="Enter the medicine.")],
        longest=120,
    )
    dose = Text(
        "Dose",
        [RequiredIf("category", "medicine", sentence="Enter the dose with its unit.")],
        longest=60,
    )
    route = Text("Route", longest=60)
    ordered_by = Text("Ordered by", longest=120)


class NoteForm(EntryForm):
    """Words."""

    OWN = ("text",)

    text = Text("Note", [required("Enter the note.")], longest=4000)


class AcknowledgementForm(EntryForm):
    """An alert taken on with what was done, or closed by a person with a reason."""

    OWN = ("alert_key", "action_taken", "expected_effect", "closes")

    alert_key = Text("Alert", [required("Say which alert.")], longest=200)
    action_taken = Text("Action taken", longest=500)
    expected_effect = Flag("Expected drug effect, reviewed")
    closes = Flag("Close the alert")

    def validate_closes(self, field: Flag) -> None:
        """Closing by hand says why."""
        if field.data and not self.reason.data:
            self.reason.errors = [*self.reason.errors, "Enter why the alert is closed."]
            raise ValidationError("A closing needs a reason.")


class CheckForm(EntryForm):
    """An asked item and its answer."""

    OWN = ("item", "answer", "text")

    item = Text("Item", [required("Say which item.")], longest=60)
    answer = Choice("Answer", [required("Choose the answer.")], choices=codes(Answer))
    text = Text("In words", longest=500)

    def validate_item(self, field: Text) -> None:
        """An item of the protocol's lists."""
        if self.plan and field.data not in {
            i.code for i in [*self.plan.pre_dose, *self.plan.discharge.items]
        }:
            raise ValidationError("There is no such item in the protocol.")


class TransitionForm(EntryForm):
    """A step of the session as a whole."""

    OWN = ("event", "minutes", "text")

    event = Choice("Step", [required("Choose the step.")], choices=codes(TransitionEvent))
    minutes = WholeNumber(
        "Minutes",
        [RequiredIf("event", "would-have-been-ready", "kept-longer", sentence=HOW_MANY)],
        unit="min",
        low=0,
        high=1440,
    )
    text = Text(
        "In words",
        [RequiredIf("event", *NEED_WORDS, sentence="Enter it in words.")],
        longest=500,
    )

    def validate_minutes(self, field: WholeNumber) -> None:
        """The next reading lies ahead."""
        if self.event.data == "kept-longer" and field.data == 0:
            raise ValidationError("Enter 1 minute or more.")


FORMS: dict[str, type[EntryForm]] = {
    "observation": ObservationForm,
    "administration": AdministrationForm,
    "adverse-event": AdverseEventForm,
    "intervention": InterventionForm,
    "note": NoteForm,
    "acknowledgement": AcknowledgementForm,
    "check": CheckForm,
    "transition": TransitionForm,
    "supply": SupplyForm,
    "cannula": CannulaForm,
    "order": OrderForm,
    "handover": HandoverForm,
    "absence": AbsenceForm,
}
