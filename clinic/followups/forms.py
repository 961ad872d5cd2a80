"""This file is about what the browser sends of a follow-up: a contact, a move, a reason."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import PasswordField
from wtforms.validators import Optional

from clinic.core.forms import (
    BaseForm,
    Choice,
    Flag,
    LocalDate,
    LocalDateTime,
    RequiredIf,
    Text,
    required,
)
from clinic.followups.queries import Effect
from clinic.followups.rules import (
    Amount,
    Answers,
    ContactFacts,
    How,
    NextStep,
    Question,
    Reached,
    Reply,
)
from clinic.instruments.rules import Instrument, SafetyStep, answer_problems, missing_items
from clinic.instruments.rules.parts import Item, SkipRule

HOWS = [(How.CALL, "Call"), (How.VISIT, "Visit")]
REACHED = [
    (Reached.YES, "She answers"),
    (Reached.NO_ANSWER, "No answer"),
    (Reached.SOMEBODY_ELSE, "Somebody else answers"),
]
STEPS = [
    (NextStep.AS_PLANNED, "As planned"),
    (NextStep.CALL_AGAIN, "Call again"),
    (NextStep.PSYCHIATRIST_TODAY, "Psychiatrist today"),
    (NextStep.EMERGENCY, "Emergency"),
]
RESPONSES = [
    (SafetyStep.ASSESSED, "Spoke with her, nothing further needed now"),
    (SafetyStep.SAFETY_PLAN, "Safety plan made or renewed with her"),
    (SafetyStep.PSYCHIATRIST_TOLD, "Psychiatrist told, who takes over"),
    (SafetyStep.EMERGENCY, "Emergency service or hospital"),
    (SafetyStep.INFANT_PROTECTED, "Care or protection of the child arranged"),
    (SafetyStep.ASKED_NOW, "What was left out was asked"),
    (SafetyStep.ENTERED_IN_ERROR, "Entered in error, asked and made sure"),
]
NO_YES = [("0", "No"), ("1", "Yes")]
AMOUNTS = [(amount, amount.capitalize()) for amount in Amount]
REPLIES = [(Reply.NO, "No"), (Reply.YES, "Yes"), (Reply.REFUSED, "Does not say")]
BLADDER = "Choose an answer for the bladder."


def when_reached(sentence: str) -> list[Any]:
    """Asked of herself only: somebody else hears none of it."""
    return [RequiredIf("reached", Reached.YES, sentence=sentence)]


class ContactForm(BaseForm):
    """One contact. Fields of side effects and questions are added by `contact_form`."""

    effects: ClassVar[Sequence[Effect]] = ()
    questions: ClassVar[Sequence[Question]] = ()

    contacted_at = LocalDateTime("When", [required("Enter when it was.")])
    how = Choice("How", [required("Choose call or visit.")], choices=HOWS)
    reached = Choice("Who answers", [required("Choose who answers.")], choices=REACHED)
    born_on = LocalDate(
        "Her date of birth, as she says it", when_reached("Enter the date she says.")
    )
    other_effect = Text("What else", [Optional()], longest=200)
    bladder = Choice("Bladder: urgency, pain", when_reached(BLADDER), choices=AMOUNTS)
    screen_reason = Text("C-SSRS not asked, because", [Optional()], longest=300)
    told = Text("Who was told, and when", [Optional()], longest=300)
    next_step = Choice("Next step", when_reached("Choose the next step."), choices=STEPS)
    next_try_at = LocalDateTime("Next try", [Optional()])
    note = Text("Note for the team", [Optional()], longest=2000)
    password = PasswordField("Your password", when_reached("Enter your password to sign."))

    def facts(self) -> ContactFacts:
        """What was entered, once it is valid."""
        reached = Reached(self.reached.data)
        hers = reached is Reached.YES
        return ContactFacts(
            contacted_at=self.contacted_at.data,
            how=How(self.how.data),
            reached=reached,
            answers=self.answers() if hers else Answers(),
            next_step=NextStep(self.next_step.data) if hers else None,
            next_try_at=self.next_try_at.data,
            note=self.note.data,
        )

    def answers(self) -> Answers:
        """What she said."""
        amounts = {effect.code: self[f"effect_{effect.code}"].data for effect in self.effects}
        replies = {question.code: self[f"q_{question.code}"].data for question in self.questions}
        return Answers(
            effects={code: Amount(amount) for code, amount in amounts.items() if amount},
            other_effect=self.other_effect.data,
            bladder=Amount(self.bladder.data),
            replies={code: Reply(reply) for code, reply in replies.items() if reply},
            screen_reason=self.screen_reason.data,
            told=self.told.data,
        )


class CorrectionForm(ContactForm):
    """Corrected words of a contact. She was known then, so she is not asked who she is."""

    born_on = None  # type: ignore[assignment]
    reason = Text("Why it is corrected", [required("Enter why it is corrected.")], longest=500)


def contact_form(
    effects: Sequence[Effect],
    questions: Sequence[Question],
    *,
    base: type[ContactForm] = ContactForm,
) -> type[ContactForm]:
    """The form of a contact that asks for these side effects, and these questions of safety."""
    fields: dict[str, Any] = {"effects": tuple(effects), "questions": tuple(questions)}
    for effect in effects:
        say = when_reached(f"Choose an answer for {effect.text.lower()}.")
        fields[f"effect_{effect.code}"] = Choice(
            effect.text, say, choices=AMOUNTS, description=effect.hint
        )
    for question in questions:
        say = when_reached(f"Choose an answer: {question.text}.")
        fields[f"q_{question.code}"] = Choice(question.text, say, choices=REPLIES)
    return type(base.__name__, (base,), fields)


def as_fields(facts: ContactFacts) -> dict[str, Any]:
    """A contact as the fields of a form hold it."""
    said = facts.answers
    fields: dict[str, Any] = {
        name: getattr(facts, name)
        for name in ("contacted_at", "how", "reached", "next_step", "next_try_at", "note")
    }
    fields |= {f"effect_{code}": amount for code, amount in said.effects.items()}
    fields |= {f"q_{code}": reply for code, reply in said.replies.items()}
    names = ("other_effect", "bladder", "screen_reason", "told")
    return fields | {name: getattr(said, name) for name in names}


class ScreenForm(BaseForm):
    """The suicide screener in a contact, yes or no by number. None is required: without any it was
    not asked here."""

    instrument: Instrument
    numbers: tuple[str, ...]

    def answers(self) -> dict[str, int]:
        """Item number -> 1 or 0; what was not asked is absent."""
        given = {number: self[f"item_{number}"].data for number in self.numbers}
        return {number: int(value) for number, value in given.items() if value in ("0", "1")}

    def asked(self) -> list[tuple[Item, Any, SkipRule | None]]:
        """(item, its field, when it is asked)."""
        rules = {number: rule for rule in self.instrument.skip for number in rule.items}
        return [
            (self.instrument.item(number), self[f"item_{number}"], rules.get(number))
            for number in self.numbers
        ]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whole, and nothing that is asked only after another answer."""
        fits = super().validate(*args, **kwargs)
        problems = answer_problems(self.instrument, self.answers()) if fits else {}
        for number in missing_items(self.instrument, self.answers()):
            problems.setdefault(number, f"Choose an answer for C-SSRS item {number}.")
        for number, sentence in problems.items():
            self[f"item_{number}"].errors = [sentence]
        return fits and not problems


def screen_form(instrument: Instrument, formdata: Any = None) -> ScreenForm:
    """The form of a screener with what was sent, or nothing yet."""
    numbers = tuple(item.number for item in instrument.items)
    fields: dict[str, Any] = {"instrument": instrument, "numbers": numbers}
    fields |= {f"item_{number}": Choice(f"C-SSRS {number}", choices=NO_YES) for number in numbers}
    form: ScreenForm = type("ScreenForm", (ScreenForm,), fields)(prefix="screen", formdata=formdata)
    return form


class MoveForm(BaseForm):
    """Another time, and why."""

    moved_to_at = LocalDateTime("New time", [required("Enter the new time.")])
    reason = Text("Reason", [required("Enter why it is moved.")], longest=500)
    confirmed = Flag("The reason says why it lies outside")


class MissedForm(BaseForm):
    """Why it was missed."""

    reason = Text("Reason", [required("Enter why it was missed.")], longest=500)


class ResponseForm(BaseForm):
    """What was done about a concern, and when."""

    step = Choice("What was done", [required("Choose what was done.")], choices=RESPONSES)
    text = Text(
        "In your words",
        [required("Write what was done, and by whom.")],
        longest=2000,
        description="Whom you reached, what she said, what you decided, who was told.",
    )
    done_at = LocalDateTime("When it was done", [required("Enter when it was done.")])
