"""This file is about what falls due by itself: links, reminders, who must be told; each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from clinic.accounts.queries import staff
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Role
from clinic.courses.queries import course_or_raise
from clinic.followups import queries
from clinic.followups.queries import MissedRow, NeedsResponse, Row
from clinic.followups.rules import State
from clinic.followups.rules.asking_her import reminder_now
from clinic.instruments.queries import register
from clinic.instruments.rules.licences import EvidenceState
from clinic.links.actions import remind, send_link, withdraw_link
from clinic.links.models import PrivateLink
from clinic.links.rules import CHECK_IN, SCALE, PartRef
from clinic.messages.actions import put_message
from clinic.messages.actions.putting import one_at_a_time
from clinic.messages.queries import message_by_key, settings

WAITS = "Something on your list waits for an answer. Sign in and open the list of follow-ups."
MISSED = "Somebody on your list was not reached several times. Sign in and open the list."
ENDS = "The evidence of a form ends soon. Sign in and look at the forms."


@dataclass
class Done:
    """What one run did."""

    links: int = 0
    withdrawn: int = 0
    reminders: int = 0
    told: int = 0
    sent: int = 0

    @property
    def words(self) -> str:
        """`2 links, 0 withdrawn, 1 reminder, 3 told, 4 sent`."""
        counts = (
            f"{self.links} links",
            f"{self.withdrawn} withdrawn",
            f"{self.reminders} reminders",
            f"{self.told} told",
            f"{self.sent} sent",
        )
        return ", ".join(counts)


def tell_people(done: Done, now: datetime) -> None:
    """Put whom to tell of what needs a response in the acting clinic, in a transaction of its own:
    nothing else that fails may keep it back.

    Two runs at once wait for each other here, and the second finds what the first put.
    """
    one_at_a_time()
    done.told += sum(told(item) for item in queries.needing_response(now))


def ask_her(done: Done, now: datetime) -> None:
    """Put everything else that is due: links and reminders, what was missed, evidence that ends."""
    one_at_a_time()
    rows = queries.all_rows(now)
    done.withdrawn = sum(withdraw_ended(rows))
    done.links = sum(planned_link(row) for row in rows)
    done.reminders = sum(reminded(link, now) for link in running_links(now))
    done.told += sum(told_of_missed(row) for row in queries.missed_rows(rows))
    done.told += told_of_evidence()


def planned_link(row: Row) -> int:
    """Send what the protocol plans by link at a follow-up, once its window is open; 1 if sent.

    What may not go to her phone is asked in the contact; the page says why.
    """
    parts = parts_of(row)
    if row.due.state is not State.DUE or row.link is not None or not parts:
        return 0
    try:
        send_link(
            course_or_raise(row.course_id),
            parts=parts,
            subject=queries.subject_of_due(row.due),
            expires_at=row.due.closes_at,
        )
    except Unprocessable:
        return 0
    return 1


def parts_of(row: Row) -> list[PartRef]:
    """The scales that the protocol asks by link; where the whole follow-up is one, how she is."""
    scales = [
        PartRef(SCALE, scale.code, scale.form.code, row.due.code)
        for scale in row.scales
        if scale.by == "link"
    ]
    return [*scales, PartRef(CHECK_IN)] if row.due.by == "link" else scales


def withdraw_ended(rows: Iterable[Row]) -> Iterable[bool]:
    """Take back links of follow-ups that are settled."""
    for row in rows:
        if row.link is not None and row.link.running and not row.due.state.is_open:
            newest = queries.link_of(row)
            yield withdraw_link(newest.id).withdrawn_at is not None if newest else False


def running_links(now: datetime) -> Iterable[PrivateLink]:
    """Links on a phone that she may still answer."""
    found = select(PrivateLink).where(
        PrivateLink.finished_at.is_(None),
        PrivateLink.withdrawn_at.is_(None),
        PrivateLink.locked_at.is_(None),
        PrivateLink.expires_at > now,
    )
    return db.session.scalars(found.order_by(PrivateLink.sent_at, PrivateLink.id)).all()


def reminded(link: PrivateLink, now: datetime) -> int:
    """Put the reminder that is due; 1 if it was not there yet."""
    number = reminder_now(settings().reminders, link.sent_at, link.opened_at, now)
    if number is None or message_by_key(f"link:{link.id}:reminder:{number}") is not None:
        return 0
    try:
        return int(remind(link.id, number))
    except Unprocessable:
        return 0


def told(item: NeedsResponse) -> int:
    """Tell everybody on the cover list whose turn has come; how many were not told yet."""
    return sum(
        tell(step.user_id, f"response:{item.key}:{step.user_id}", "needs-response", WAITS)
        for step in item.told
    )


def told_of_missed(row: MissedRow) -> int:
    """Tell the psychiatrists of follow-ups missed in a row."""
    return sum(
        tell(user_id, f"missed:{row.key}:{user_id}", "missed-in-a-row", MISSED)
        for user_id, _ in staff(Role.PSYCHIATRIST)
    )


def told_of_evidence() -> int:
    """Tell the administrators of licence evidence that ends within a month."""
    ends = [row for row in register() if row.registration.evidence_state is EvidenceState.ENDS_SOON]
    return sum(
        tell(user_id, f"evidence:{row.evidence.id}:{user_id}", "evidence-ends", ENDS)
        for row in ends
        for user_id, _ in staff(Role.ADMINISTRATOR)
        if row.evidence
    )


def tell(user_id: UUID, key: str, purpose: str, text: str) -> int:
    """Put a message to a person at work, once."""
    if message_by_key(key) is not None:
        return 0
    put_message(key=key, user_id=user_id, purpose=purpose, text=text)
    return 1
