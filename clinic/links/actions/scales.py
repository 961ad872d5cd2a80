"""This file is about her answers to a scale: written like those of staff, as her own."""

import uuid
from typing import Any

from sqlalchemy import select

from clinic.core import clock
from clinic.core.db import db
from clinic.instruments.actions import correct_response, record_response
from clinic.instruments.models import QuestionnaireResponse, Way
from clinic.instruments.queries import response_or_raise, use_of
from clinic.instruments.rules import MomentCode, NoScore
from clinic.links.models import LinkUse, PrivateLink
from clinic.links.parts import Given
from clinic.links.rules import LinkWay, PartRef, subject_of

WAYS = {LinkWay.PHONE: Way.LINK, LinkWay.TABLET: Way.TABLET}
WENT_ON = "She went on answering."
CHANGED = "She changed an answer."


def store_scale(link: PrivateLink, part: int, ref: PartRef, given: Given) -> None:
    """Write a scale down, or what was added and changed since, beside the former version."""
    answers = {number: scored(value) for number, value in given.items() if value is not None}
    if not answers:
        return
    about: dict[str, Any] = {
        "moment": MomentCode(ref.moment or MomentCode.OTHER),
        "answered_at": clock.now(),
        "way": WAYS[link.way],
    }
    before = use_on(link, part)
    if before is None:
        row = record_response(
            link.course_id,
            str(ref.code),
            answers,
            form_code=ref.form,
            language=ref.language,
            session_id=session_of(link),
            **about,
        )
        keep_use(link, part, row)
        return
    said = dict(before.said())
    if said != answers:
        reason = WENT_ON if said.items() <= answers.items() else CHANGED
        correct_response(before.id, answers, reason=reason, **about)


def scored(value: str) -> int | NoScore:
    """The answer that a choice stands for."""
    return int(value) if value.lstrip("-").isdigit() else NoScore(value)


def use_on(link: PrivateLink, part: int) -> QuestionnaireResponse | None:
    """The version in force of what a part of a link became."""
    found = select(LinkUse).where(LinkUse.link_id == link.id, LinkUse.part == part)
    use = db.session.scalar(found)
    return use_of(response_or_raise(use.response_id)).response if use else None


def keep_use(link: PrivateLink, part: int, row: QuestionnaireResponse) -> None:
    """Remember which answers a part of a link became."""
    about = {"patient_id": link.patient_id, "link_id": link.id, "part": part}
    db.session.add(LinkUse(response_id=row.id, **about))
    db.session.flush()


def session_of(link: PrivateLink) -> uuid.UUID | None:
    """The session that a link is about, where its subject names one."""
    last = subject_of(link.subject)[-1]
    try:
        return uuid.UUID(last) if last else None
    except ValueError:
        return None
