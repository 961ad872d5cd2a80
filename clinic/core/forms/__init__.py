"""This package is about forms: the base of every form, and the fields that clinics need."""

from clinic.core.forms.base import BaseForm, RequiredIf, from_json, required
from clinic.core.forms.fields import Identifier
from clinic.core.forms.moments import LocalDate, LocalDateTime, Moment
from clinic.core.forms.quantities import Decimal_, Quantity, WholeNumber
from clinic.core.forms.words import Choice, Flag, Text

__all__ = [
    "BaseForm",
    "Choice",
    "Decimal_",
    "Flag",
    "Identifier",
    "LocalDate",
    "LocalDateTime",
    "Moment",
    "Quantity",
    "RequiredIf",
    "Text",
    "WholeNumber",
    "from_json",
    "required",
]
