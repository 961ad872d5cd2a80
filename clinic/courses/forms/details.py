"""This file is about diagnosis, onset, birth and the end of a course, as they are typed."""

import re
from typing import Any

from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextArea

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, WholeNumber, required
from clinic.courses.rules import END_REASONS, BirthMode, Onset, Particulars, fault_of_weeks

NOT_ASKED = ("not-asked", "Not asked yet")
ONSETS = (
    (Onset.PREGNANCY, "In pregnancy"),
    (Onset.AFTER_BIRTH, "After the birth"),
    (Onset.UNKNOWN, "Not known"),
    NOT_ASKED,
)
BIRTH_MODES = (
    (BirthMode.VAGINAL, "Vaginal"),
    (BirthMode.ASSISTED, "Assisted"),
    (BirthMode.CAESAREAN, "Caesarean"),
    (BirthMode.UNKNOWN, "Not known"),
    NOT_ASKED,
)
ICD_10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", re.ASCII)


class ParticularsForm(BaseForm):
    """Diagnosis, onset and birth of one course."""

    diagnosis_text = Text("Diagnosis", [Optional()], longest=300)
    diagnosis_code = Text("ICD-10 code", [Optional()], longest=10)
    onset = Choice("When it began", [Optional()], choices=ONSETS)
    onset_week = WholeNumber("In week", [Optional()], low=1, high=200)
    gestation_weeks = WholeNumber(
        "Length of the pregnancy", [Optional()], unit="weeks", low=20, high=45
    )
    birth_mode = Choice("Birth", [Optional()], choices=BIRTH_MODES)
    birth_complications = Text(
        "Complications of pregnancy and birth", [Optional()], widget=TextArea()
    )
    version = WholeNumber("Version", [Optional()])

    def validate_diagnosis_code(self, field: Text) -> None:
        """A code in the usual spelling."""
        if field.data and not ICD_10.fullmatch(field.data.upper()):
            raise ValidationError("Enter the ICD-10 code, for example F53.0.")

    def validate_onset_week(self, field: WholeNumber) -> None:
        """A week belongs to a beginning."""
        if self.onset.errors or field.errors:
            return
        if fault := fault_of_weeks(answer(Onset, self.onset.data), field.data):
            raise ValidationError(fault)

    def particulars(self) -> Particulars:
        """What was entered, once it is valid."""
        code = self.diagnosis_code.data
        return Particulars(
            diagnosis_code=code.upper() if code else None,
            diagnosis_text=self.diagnosis_text.data,
            onset=answer(Onset, self.onset.data),
            onset_week=self.onset_week.data,
            gestation_weeks=self.gestation_weeks.data,
            birth_mode=answer(BirthMode, self.birth_mode.data),
            birth_complications=self.birth_complications.data,
        )


class EndForm(BaseForm):
    """When and why a course ends."""

    reason = Choice("Why it ends", [required("Choose why the course ends.")], choices=END_REASONS)
    text = Text("How it ended", [Optional()], widget=TextArea())
    ended_on = LocalDate("Last day of the course", [required("Enter the last day.")])


def answer(codes: Any, code: str | None) -> Any:
    """The code of an answer; "not asked yet" is None."""
    return None if code in (None, NOT_ASKED[0]) else codes(code)
