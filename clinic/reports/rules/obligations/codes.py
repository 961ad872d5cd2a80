"""This file is about the codes that forms for a registry, and their fields, use."""

from enum import StrEnum


class FieldKind(StrEnum):
    """What stands in a field."""

    TEXT = "text"
    DAY = "day"
    YES_NO = "yes-no"
    CHOICE = "choice"
    MINUTES = "minutes"
    MMHG = "mmhg"


class FilledBy(StrEnum):
    """Where a field comes from: the record, a person who fills the form, or the clinic once."""

    RECORD = "record"
    PERSON = "person"
    CLINIC = "clinic"


class SentBy(StrEnum):
    """How a form went out."""

    ONLINE = "online"
    FAX = "fax"
    PHONE = "phone"
    POST = "post"


YES, NO = "yes", "no"
