"""This file is about what the browser sends of a shared tablet: enrol it, choose a PIN, switch."""

from typing import Any

from wtforms import HiddenField, PasswordField
from wtforms.validators import Optional, ValidationError

from clinic.accounts.rules.pins import LONGEST_PIN, SHORTEST_PIN, pin_weakness
from clinic.core import clock
from clinic.core.forms import BaseForm, Identifier, Text, WholeNumber, required

DIGITS = {"inputmode": "numeric", "maxlength": str(LONGEST_PIN)}


class DeviceForm(BaseForm):
    """What the tablet in somebody's hands is called, and in which room it lies."""

    name = Text("Name", [required("Enter a name, such as Tablet 1.")], longest=60)
    room = Text("Room", [Optional()], longest=40, description="For example 2; empty when it moves")


class DeviceChangeForm(BaseForm):
    """The version of a tablet that somebody saw."""

    version = WholeNumber("Version", [required("Reload the page.")])


class PinForm(BaseForm):
    """A PIN of one's own, twice, after the password."""

    password = PasswordField("Password", [required("Enter your password.")])
    pin = PasswordField(
        "New PIN",
        [required("Enter a PIN.")],
        description=f"{SHORTEST_PIN} to {LONGEST_PIN} digits; no repeats, runs or years",
        render_kw=DIGITS,
    )
    again = PasswordField("The same again", [required("Enter it twice.")], render_kw=DIGITS)

    def validate_pin(self, field: Any) -> None:
        """Digits that nobody tries first."""
        if weak := pin_weakness(field.data or "", clock.now().year):
            raise ValidationError(weak)

    def validate_again(self, field: Any) -> None:
        """Typed twice alike, so that nobody is locked out by a slip."""
        if field.data != self.pin.data:
            raise ValidationError("The two PINs differ.")


class SwitchForm(BaseForm):
    """Who takes over the tablet. next: the page to go back to."""

    user_id = Identifier("Person", [required("Choose who you are.")])
    pin = PasswordField("PIN", [required("Enter your PIN.")])
    next = HiddenField()


class LockForm(BaseForm):
    """Leave the tablet. to: `sign-in` for somebody whom it does not know."""

    next = HiddenField()
    to = HiddenField()
