"""This file is about correcting answers, and taking back those entered in error."""

import uuid
from datetime import datetime

from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.actions.recording import added, faults_of, refuse
from clinic.instruments.models import QuestionnaireResponse, Way
from clinic.instruments.queries import Answered, response_or_raise, use_of
from clinic.instruments.rules import Answers, MomentCode

SAME = ("patient_id", "course_id", "session_id", "form_code", "answered_by", "language")
WHEN = ("moment", "answered_at", "way")


class CorrectedMeanwhile(Conflict):
    """Somebody else corrected these answers, or took them back."""


def correct_response(
    response_id: uuid.UUID,
    answers: Answers,
    *,
    reason: str,
    moment: MomentCode,
    answered_at: datetime,
    way: Way,
) -> QuestionnaireResponse:
    """Write down corrected answers beside the former ones, on the scale of the former day.

    `response_id` names the version in force, else CorrectedMeanwhile. Raises Unprocessable like
    `record_response`, and (field `reason`) when nothing was changed.
    """
    row, use = in_force(response_id)
    corrected = QuestionnaireResponse(
        **{name: getattr(row, name) for name in SAME},
        moment=moment,
        answered_at=answered_at,
        way=way,
        wording_digest=row.wording_digest,
        corrects_id=row.id,
        reason=reason,
    )
    besides = [version.id for version in use.versions]
    refuse(faults_of(corrected, use.instrument, answers, besides))
    if same(row, corrected) and dict(row.said()) == dict(answers):
        raise Unprocessable({"reason": ["Nothing was changed."]})
    return added(corrected, use.instrument, answers)


def same(row: QuestionnaireResponse, other: QuestionnaireResponse) -> bool:
    """Whether two rows say the same of when and how."""
    return all(getattr(row, name) == getattr(other, name) for name in WHEN)


def withdraw_response(response_id: uuid.UUID, reason: str) -> QuestionnaireResponse:
    """Say that a use was entered in error: it stays readable and counts nowhere.

    Its safety answers still wait for a review. Raises CorrectedMeanwhile.
    """
    row, use = in_force(response_id)
    taken_back = QuestionnaireResponse(
        **{name: getattr(row, name) for name in (*SAME, *WHEN, "wording_digest")},
        corrects_id=row.id,
        withdrawn=True,
        reason=reason,
    )
    return added(taken_back, use.instrument, row.said())


def in_force(response_id: uuid.UUID) -> tuple[QuestionnaireResponse, Answered]:
    """A row that may be corrected, with its use."""
    row = response_or_raise(response_id)
    use = use_of(row)
    if use.response.id != row.id or row.withdrawn:
        raise CorrectedMeanwhile("These answers were corrected meanwhile. Look at them first.")
    return row, use
