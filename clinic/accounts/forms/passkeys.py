"""This file is about what the browser sends of passkeys: what a device made, what it answered."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from clinic.core.forms import BaseForm, Text, required

NOTHING = "The device answered nothing. Try once more."


class NewPasskeyForm(BaseForm):
    """A key that a device just made, and what its owner calls it."""

    name = Text("Name", [required("Enter a name, such as My phone.")], longest=60)
    credential = HiddenField("Passkey", [InputRequired(NOTHING)])


class PasskeyForm(BaseForm):
    """The answer of a device. next: the page to go back to."""

    credential = HiddenField("Passkey", [InputRequired(NOTHING)])
    next = HiddenField()
