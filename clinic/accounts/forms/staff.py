"""This file is about what the browser sends of staff: an invitation, a role, a one-time code."""

from typing import Any

from wtforms import PasswordField
from wtforms.validators import Optional, ValidationError

from clinic.core.forms import BaseForm, Choice, Text, WholeNumber, required
from clinic.core.permissions import Role

LONGEST_IDLE = 60  # minutes; NIST SP 800-63B-4 asks for no more at its second level
LONGEST_SITTING = 24  # hours, from the same place
ROLES = [(role.value, role.value.capitalize()) for role in Role]
A_ROLE = "Choose what this person does here."


class InviteForm(BaseForm):
    """Somebody who is to work here."""

    full_name = Text("First and last name", [required("Enter first and last name.")], longest=200)
    title = Text("Title", [Optional()], longest=60, description="Such as Dr")
    email = Text(
        "Work email",
        [required("Enter a work email.")],
        longest=254,
        description="The name to sign in with",
    )
    role = Choice("Role", [required(A_ROLE)], choices=ROLES)


class RoleForm(BaseForm):
    """What somebody is here, and the version of their place that was seen."""

    role = Choice("Role", [required(A_ROLE)], choices=ROLES)
    version = WholeNumber("Version", [required("Reload the page.")])


class PlaceForm(BaseForm):
    """The version of somebody's place that was seen."""

    version = WholeNumber("Version", [required("Reload the page.")])


class SittingsForm(BaseForm):
    """How long a browser of this clinic stays signed in; empty: as the server is set."""

    idle_minutes = WholeNumber(
        "Unused, signed out after",
        [Optional()],
        low=2,
        high=LONGEST_IDLE,
        unit="min",
        description=f"2 to {LONGEST_IDLE}; empty: as the server is set",
    )
    absolute_hours = WholeNumber(
        "In use, signed out after",
        [Optional()],
        low=1,
        high=LONGEST_SITTING,
        unit="h",
        description=f"1 to {LONGEST_SITTING}; empty: as the server is set",
    )
    version = WholeNumber("Version", [required("Reload the page.")])


class CodeOnceForm(BaseForm):
    """A one-time code that somebody was given."""

    code = Text("One-time code", [required("Enter the code you were given.")], longest=100)


class ForgottenForm(BaseForm):
    """The name of somebody who forgot the password."""

    email = Text("Work email", [required("Enter your work email.")], longest=254)


class OwnPasswordForm(BaseForm):
    """A password of one's own, twice."""

    password = PasswordField("New password", [required("Enter a new password.")])
    again = PasswordField("New password once more", [required("Enter it twice.")])

    def validate_again(self, field: Any) -> None:
        """Typed twice alike, so that nobody is locked out by a slip."""
        if field.data != self.password.data:
            raise ValidationError("The two new passwords differ. Enter the same one twice.")
