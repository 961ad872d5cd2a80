"""This file is about what the browser sends to make a patient's own copy."""

import uuid
from typing import Any

from wtforms import PasswordField
from wtforms.validators import ValidationError

from clinic.core import records
from clinic.core.forms import BaseForm, Text, required


class FindForm(BaseForm):
    """Her number."""

    number = Text("Patient number", [required("Enter the number of the patient.")], longest=40)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.patient_id: uuid.UUID | None = None

    def validate_number(self, field: Text) -> None:
        """A patient of this clinic."""
        self.patient_id = records.patient_by_number((field.data or "").upper())
        if self.patient_id is None:
            raise ValidationError("No patient of this clinic has this number.")


class OwnCopyForm(BaseForm):
    """What it is for, and the password: the file names a woman and all that is kept of her."""

    purpose = Text("Purpose", [required("Enter what this copy is for.")], longest=500)
    password = PasswordField("Your password", [required("Enter your password: it names her.")])
