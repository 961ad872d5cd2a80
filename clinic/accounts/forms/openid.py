"""This file is about what the browser sends to join a clinic's sign-in service."""

from wtforms import PasswordField

from clinic.core.forms import BaseForm, Flag, required


class JoinForm(BaseForm):
    """The password; `parts`: not to join, but to leave it."""

    password = PasswordField("Your password", [required("Enter your password.")])
    parts = Flag("Part")
