"""This package is about what may be done with a course, its consent and its medicines."""

from clinic.courses.actions.consent import (
    WordingChanged,
    give_consent,
    give_consent_by_link,
    record_talk,
    withdraw_consent,
)
from clinic.courses.actions.courses import (
    AlreadyInCourse,
    ChangedMeanwhile,
    describe_course,
    end_course,
    open_course,
)
from clinic.courses.actions.medications import (
    add_medication,
    change_dose,
    correct_medication,
    still_taken,
    stop_medication,
    void_medication,
)
from clinic.courses.actions.wordings import publish_shipped_wording, publish_wording

__all__ = [
    "AlreadyInCourse",
    "ChangedMeanwhile",
    "WordingChanged",
    "add_medication",
    "change_dose",
    "correct_medication",
    "describe_course",
    "end_course",
    "give_consent",
    "give_consent_by_link",
    "open_course",
    "publish_shipped_wording",
    "publish_wording",
    "record_talk",
    "still_taken",
    "stop_medication",
    "void_medication",
    "withdraw_consent",
]
