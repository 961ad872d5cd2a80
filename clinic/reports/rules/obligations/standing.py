"""This file is about how a form stands: to fill, filled, sent, with or without its proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from clinic.reports.rules.obligations.codes import SentBy


class FormStatus(StrEnum):
    """From what is to do to what is done."""

    DUE = "due"
    OVERDUE = "overdue"
    FILLED = "filled"
    FILLED_OVERDUE = "filled-overdue"
    PROOF_MISSING = "proof-missing"
    SENT = "sent"
    SENT_LATE = "sent-late"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in (FormStatus.SENT, FormStatus.SENT_LATE)


@dataclass(frozen=True)
class Submitted:
    """One sending. `has_proof`: a file of it is kept."""

    id: UUID
    form_id: UUID
    by: SentBy
    on: date
    has_proof: bool
    author_id: UUID
    recorded_at: datetime


def standing_submissions(rows: Iterable[tuple[Submitted, UUID | None]]) -> list[Submitted]:
    """Those that stand, of pairs (submission, which earlier one it takes back)."""
    rows = list(rows)
    gone = {taken_back for _, taken_back in rows if taken_back}
    return [one for one, back in rows if back is None and one.id not in gone]


def form_status(
    due_on: date, today: date, *, filled: bool, submissions: Iterable[Submitted]
) -> FormStatus:
    """How a form stands on a day. The last day itself is in time (definitions D1.1)."""
    sent = list(submissions)
    if not sent:
        late = today > due_on
        if filled:
            return FormStatus.FILLED_OVERDUE if late else FormStatus.FILLED
        return FormStatus.OVERDUE if late else FormStatus.DUE
    if not any(one.has_proof for one in sent):
        return FormStatus.PROOF_MISSING
    return FormStatus.SENT_LATE if min(one.on for one in sent) > due_on else FormStatus.SENT


def days_left(due_on: date, today: date) -> str:
    """`due today`, `in 3 days`, `2 days late`."""
    days = (due_on - today).days
    if days == 0:
        return "due today"
    plural = "s" if abs(days) != 1 else ""
    return f"in {days} day{plural}" if days > 0 else f"{-days} day{plural} late"
