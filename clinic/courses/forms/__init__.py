"""This package is about what the browser sends of a course, its medicines and its consent."""

from clinic.courses.forms.consent import (
    CODES,
    ConsentForm,
    TalkForm,
    WithdrawalForm,
    WordingForm,
)
from clinic.courses.forms.details import (
    BIRTH_MODES,
    ONSETS,
    EndForm,
    ParticularsForm,
)
from clinic.courses.forms.medications import (
    CLASSES,
    AskedForm,
    DoseForm,
    MedicationForm,
    StopForm,
    VoidForm,
)
from clinic.courses.forms.opening import OpenCourseForm

__all__ = [
    "BIRTH_MODES",
    "CLASSES",
    "CODES",
    "ONSETS",
    "AskedForm",
    "ConsentForm",
    "DoseForm",
    "EndForm",
    "MedicationForm",
    "OpenCourseForm",
    "ParticularsForm",
    "StopForm",
    "TalkForm",
    "VoidForm",
    "WithdrawalForm",
    "WordingForm",
]
