"""This file is about letters, their texts and their recipients as they are typed."""

import uuid

from wtforms import PasswordField
from wtforms.validators import Optional
from wtforms.widgets import TextArea

from clinic.core.forms import (
    BaseForm,
    Choice,
    LocalDate,
    LocalDateTime,
    Text,
    WholeNumber,
    required,
)
from clinic.integration.rules import (
    DELIVERY_WORDS,
    HELPER_WORDS,
    WAY_WORDS,
    DeliveryState,
    HelperRole,
    Way,
)

AGREED, NOT_AGREED = "agreed", "not-agreed"


class LetterForm(BaseForm):
    """Sentences added by hand; the password comes with the signature."""

    added = Text("Sentences added by hand", [Optional()], longest=2000, widget=TextArea())
    seen = Text("What was shown", longest=64)
    corrects_id = Text("Corrects", [Optional()], longest=36)
    password = PasswordField("Your password")

    def corrects(self) -> uuid.UUID | None:
        """The letter that this one corrects; what is no id names none."""
        try:
            return uuid.UUID(self.corrects_id.data or "")
        except ValueError:
            return None


class LetterConsentForm(BaseForm):
    """What she said of letters to a recipient."""

    answer = Choice(
        "Letters to this recipient",
        [required("Choose what she said.")],
        choices=((AGREED, "She agrees"), (NOT_AGREED, "She does not agree")),
    )
    said_on = LocalDate("Said on", [required("Enter the day she said so.")])


class TextForm(BaseForm):
    """The clinic's text of a letter."""

    body = Text("Text", [required("Write the text.")], longest=8000, widget=TextArea())


class DeliveryForm(BaseForm):
    """A step of a letter on its way."""

    way = Choice("How", [required("Choose how.")], choices=tuple(WAY_WORDS.items()))
    state = Choice(
        "What became of it",
        [required("Choose what became of it.")],
        choices=tuple(DELIVERY_WORDS.items()),
    )
    happened_at = LocalDateTime("When", [required("Enter when.")])
    note = Text("Note", [Optional()], longest=300)

    def codes(self) -> tuple[Way, DeliveryState]:
        """How, and what became of it."""
        return Way(self.way.data), DeliveryState(self.state.data)


class HelperForm(BaseForm):
    """Somebody outside the clinic who helps her."""

    role = Choice("What", [required("Choose what it is.")], choices=tuple(HELPER_WORDS.items()))
    name = Text("Name", [required("Write the name.")], longest=200)
    place = Text("Practice and address", [Optional()], longest=300)
    phone = Text("Phone", [Optional()], longest=40)
    note = Text("Note", [Optional()], longest=300)
    ended_on = LocalDate("Ended on", [Optional()])
    version = WholeNumber("Version", [Optional()])

    def code(self) -> HelperRole:
        """What it is, once it is valid."""
        return HelperRole(self.role.data)
