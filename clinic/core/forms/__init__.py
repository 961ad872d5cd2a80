"""This package is about forms: the base of every form, and the fields that clinics need."""

from clinic.core.forms.base import BaseForm, RequiredIf, from_json, required
from clinic.core.forms.fields import (
    Choice,
    Decimal_,
    Flag,
    Identifier,
    LocalDate,
    LocalDateTime,
    Moment,
    Text,
    WholeNumber,
)

__all__ = [
    "BaseForm",
    "Choice",
    "Decimal_",
    "Flag",
    "Identifier",
    "LocalDate",
    "LocalDateTime",
    "Moment",
    "RequiredIf",
    "Text",
    "WholeNumber",
    "from_json",
    "required",
]
