"""This file is about what the browser sends to open a record in an emergency."""

import uuid
from typing import Any

from wtforms.validators import Length, Optional

from clinic.core import records
from clinic.core.forms import BaseForm, LocalDate, Text, required
from clinic.emergency.queries import patient_called
from clinic.emergency.rules import LONGEST_REASON, SHORTEST_REASON

NOBODY = "No single patient of this clinic fits. Check the number, or the name and date of birth."
WHO = "Enter her number, or her last name and date of birth."
WHY = "Write why you need this record now, in a few words."


class EmergencyForm(BaseForm):
    """Whose record, and why. `patient_id` is set once the form is valid."""

    number = Text("Patient number", [Optional()], longest=40)
    family_name = Text("Last name", [Optional()], longest=200)
    born_on = LocalDate("Date of birth", [Optional()])
    reason = Text(
        "Why you need it now",
        [required(WHY), Length(min=SHORTEST_REASON, message=WHY)],
        longest=LONGEST_REASON,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient_id: uuid.UUID | None = None
        self.was_nobody = False

    def validate(self, **kwargs: Any) -> bool:
        """First what was typed, then whether she is here: nobody is looked for without a reason."""
        if not super().validate(**kwargs):
            return False
        if not self.number.data and not (self.family_name.data and self.born_on.data):
            self.form_errors.append(WHO)
            return False
        self.patient_id = self.meant()
        self.was_nobody = self.patient_id is None
        if self.was_nobody:
            self.form_errors.append(NOBODY)
        return not self.was_nobody

    def meant(self) -> uuid.UUID | None:
        """The patient by her number; without one by name and date of birth."""
        if self.number.data:
            return records.patient_by_number(self.number.data.upper())
        return patient_called(self.family_name.data, self.born_on.data)
