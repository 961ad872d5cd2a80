"""This package is about what may be asked of courses: the course, medicines, consent, stages."""

from clinic.courses.queries.consent import (
    all_wordings,
    consent_fault,
    consent_of,
    consent_to_read,
    consents_signed,
    talks_of,
    why_not_by_link,
    why_not_to_sign,
    wording_for,
    wordings_in_force,
)
from clinic.courses.queries.courses import (
    active_course,
    by_ids,
    course_or_raise,
    delivery_on,
    infants_of_course,
    of_patient,
    outcome_moments,
    outcome_of,
    outcome_rules,
    protocol_of,
)
from clinic.courses.queries.head import Head, head_of
from clinic.courses.queries.medications import (
    asked_before_the_dose,
    cautions_of,
    medications_of,
    still_to_ask,
    voided_medications_of,
)
from clinic.courses.queries.stages import hindrances, stage_of, stage_reports

__all__ = [
    "Head",
    "active_course",
    "all_wordings",
    "asked_before_the_dose",
    "by_ids",
    "cautions_of",
    "consent_fault",
    "consent_of",
    "consent_to_read",
    "consents_signed",
    "course_or_raise",
    "delivery_on",
    "head_of",
    "hindrances",
    "infants_of_course",
    "medications_of",
    "of_patient",
    "outcome_moments",
    "outcome_of",
    "outcome_rules",
    "protocol_of",
    "stage_of",
    "stage_reports",
    "still_to_ask",
    "talks_of",
    "voided_medications_of",
    "why_not_by_link",
    "why_not_to_sign",
    "wording_for",
    "wordings_in_force",
]
