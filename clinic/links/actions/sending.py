"""This file is about sending a link, reminding of it, renewing and withdrawing it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.links.actions.tokens import hash_of, token_of, url_of
from clinic.links.models import LinkDoor, PrivateLink
from clinic.links.queries import why_no_link
from clinic.links.queries.links import MESSAGE, newest_of
from clinic.links.rules import (
    LinkWay,
    PartRef,
    Subject,
    parts_from_json,
    parts_to_json,
    subject_key,
    subject_of,
)
from clinic.messages.actions import put_message, withdraw_messages
from clinic.messages.actions.putting import one_at_a_time
from clinic.messages.queries import settings
from clinic.messages.queries.settings import public_address
from clinic.patients.models import Patient

TEXT = "You have a message. It is private and opens here: {}"
REMINDER = "A message waits for you. It is private and opens here: {}"


def send_link(
    course: Course,
    *,
    parts: Sequence[PartRef],
    subject: Subject,
    expires_at: datetime | None = None,
    way: LinkWay = LinkWay.PHONE,
    not_before: datetime | None = None,
    renews_id: uuid.UUID | None = None,
) -> PrivateLink:
    """Send one form to her, or return the link with the same parts that runs for this subject.

    Handed over on the tablet, a link to her phone for the same ends. `expires_at` None: after the
    hours that the clinic set. Raises Unprocessable (field `parts`) with the reason when it may not
    go out.
    """
    one_at_a_time()
    before = newest_of(course.id, subject_key(subject))
    if before is not None and is_running(before):
        if before.way is way:
            return same_again(before, parts)
        withdraw_link(before.id)
    if why := why_no_link(course, parts, subject, way):
        raise Unprocessable({"parts": [why]}, why)
    link = PrivateLink(
        subject=subject_key(subject),
        n=before.n + 1 if before else 1,
        way=way,
        parts=parts_to_json(parts),
        expires_at=expires_at or default_end(),
        renews_id=renews_id,
    )
    made(link, course)
    if way is LinkWay.PHONE:
        write_to_her(link, "", TEXT, not_before)
    return link


def same_again(link: PrivateLink, parts: Sequence[PartRef]) -> PrivateLink:
    """The link that runs already, in whatever language she reads it. Raises Unprocessable when it
    asks for something else."""
    if [part.read_in(None) for part in parts_from_json(link.parts)] != list(parts):
        why = "Another link for this still runs. Withdraw it first, or wait for her answers."
        raise Unprocessable({"parts": [why]}, why)
    return link


def made(link: PrivateLink, course: Course) -> None:
    """Write a link down for the woman of a course, and let its token lead to it."""
    link.patient_id, link.course_id = course.patient_id, course.id
    link.sent_by_id, link.sent_at = acting().actor_id, clock.now()
    db.session.add(link)
    db.session.flush()
    open_door(link)


def is_running(link: PrivateLink) -> bool:
    """Whether she may still answer on it."""
    ended = link.finished_at or link.withdrawn_at or link.locked_at
    return ended is None and link.expires_at > clock.now()


def default_end() -> datetime:
    """When a link ends by the clinic's setting. Raises Unprocessable where there is none."""
    hours = settings().link_hours
    if hours is None:
        why = "An administrator enters first how many hours a link works."
        raise Unprocessable({"parts": [why]}, why)
    return clock.now() + timedelta(hours=hours)


def open_door(link: PrivateLink) -> None:
    """Let the token lead to the link."""
    patient = db.session.get_one(Patient, link.patient_id)
    door = LinkDoor(
        clinic_id=link.clinic_id,
        link_id=link.id,
        patient_id=link.patient_id,
        timezone=patient.timezone or own_clinic().timezone,
        token_hash=hash_of(token_of(link.id)),
    )
    db.session.add(door)
    db.session.flush()


def write_to_her(
    link: PrivateLink, which: str, text: str, not_before: datetime | None = None
) -> None:
    """Put the message with the address of the link."""
    put_message(
        key=MESSAGE.format(link.id) + which,
        patient_id=link.patient_id,
        purpose="private-link",
        text=text.format(url_of(link.id, str(public_address()))),
        not_before=not_before,
    )


def remind(link_id: uuid.UUID, number: int) -> bool:
    """Put the reminder of that number, once. False: there is nothing to remind her of."""
    link = locked(link_id)
    if not is_running(link) or link.way is not LinkWay.PHONE:
        return False
    write_to_her(link, f":reminder:{number}", REMINDER)
    return True


def renew_link(link: PrivateLink) -> PrivateLink | None:
    """Send her a new link in the place of one that ended, once. None: it is not hers to renew."""
    one_at_a_time()
    ended = link.finished_at or link.withdrawn_at or link.locked_at
    there = db.session.scalar(select(PrivateLink).where(PrivateLink.renews_id == link.id))
    if ended is not None or link.expires_at > clock.now() or link.way is not LinkWay.PHONE:
        return None
    newest = newest_of(link.course_id, link.subject)
    if there is not None or (newest is not None and newest.id != link.id):
        return there
    return send_link(
        course_or_raise(link.course_id),
        parts=parts_from_json(link.parts),
        subject=subject_of(link.subject),
        expires_at=clock.now() + (link.expires_at - link.sent_at),
        renews_id=link.id,
    )


def withdraw_link(link_id: uuid.UUID) -> PrivateLink:
    """Take a link back: it opens nothing any more, and what still waits is not sent."""
    link = locked(link_id)
    if is_running(link):
        link.withdrawn_at = clock.now()
        withdraw_messages(MESSAGE.format(link.id))
        db.session.flush()
    return link


def locked(link_id: uuid.UUID) -> PrivateLink:
    """A link that nobody else changes until this transaction ends."""
    found = select(PrivateLink).where(PrivateLink.id == link_id)
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()
