"""This package is about what may be done with a course, its consent and its medicines."""

from clinic.courses.actions.consent import (
    WordingChanged,
    give_consent,
    publish_shipped_wording,
    publish_wording,
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
    "open_course",
    "publish_shipped_wording",
    "publish_wording",
    "still_taken",
    "stop_medication",
    "void_medication",
    "withdraw_consent",
]
