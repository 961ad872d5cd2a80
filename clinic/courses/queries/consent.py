"""This file is about which wording of consent is in force, and whether she agreed to it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from clinic.accounts.queries import own_clinic
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.courses.models import ConsentTalk, ConsentText
from clinic.courses.queries.courses import course_or_raise, protocol_of
from clinic.courses.rules import (
    NO_CONSENT,
    Act,
    Consent,
    Held,
    Talk,
    Wording,
    digest_of,
    path_of,
    rendered,
)
from clinic.instruments.queries import open_safety
from clinic.patients.models import Patient

KIND = "consent"


@dataclass(frozen=True)
class ToRead:
    """What a mother reads before she agrees. `digest` is SHA-256 in hex over `text`."""

    wording: Wording
    text: str
    digest: str


def is_newest() -> ColumnElement[bool]:
    """No later version of the same text is published."""
    later = aliased(ConsentText)
    return ~exists().where(later.code == ConsentText.code, later.n > ConsentText.n)


def wordings_in_force() -> Sequence[ConsentText]:
    """The newest version of each text of the clinic, by code."""
    return db.session.scalars(
        select(ConsentText).where(is_newest()).order_by(ConsentText.code)
    ).all()


def all_wordings(code: str) -> Sequence[ConsentText]:
    """Every version of one text, newest first."""
    statement = select(ConsentText).where(ConsentText.code == code)
    return db.session.scalars(statement.order_by(ConsentText.n.desc())).all()


def wording_for(course_id: uuid.UUID) -> ConsentText | None:
    """The wording in force for the drug form of a course; None when none is published."""
    code = str(protocol_of(course_id).form)
    return db.session.scalar(select(ConsentText).where(ConsentText.code == code, is_newest()))


def consent_to_read(course_id: uuid.UUID) -> ToRead | None:
    """The wording in force with the names of her, the clinic and the protocol; None: no wording."""
    published = wording_for(course_id)
    if published is None:
        return None
    patient = db.session.get_one(Patient, course_or_raise(course_id).patient_id)
    names = {
        "mother": patient.name,
        "clinic": own_clinic().name,
        "protocol": protocol_of(course_id).title,
    }
    text = rendered(published.title, published.body, names)
    return ToRead(as_wording(published), text, digest_of("", text))


def as_wording(published: ConsentText) -> Wording:
    """Which wording a published text is."""
    return Wording(published.code, published.n, published.title, published.digest)


def consents_signed(course_id: uuid.UUID) -> Sequence[DocumentVersion]:
    """Everything signed about consent in a course, newest first: given, withdrawn, given."""
    statement = select(DocumentVersion).where(
        DocumentVersion.kind == KIND, DocumentVersion.subject_id == course_id
    )
    return db.session.scalars(statement.order_by(DocumentVersion.n.desc())).all()


def consent_of(course_id: uuid.UUID) -> Consent | None:
    """Her consent as it stands, valid or with the reason why not; None while nothing is signed."""
    documents = consents_signed(course_id)
    given = next((d for d in documents if d.content()["act"] == Act.GIVEN), None)
    if given is None:
        return None
    text = wording_for(course_id)
    consent = as_given(given, as_wording(text) if text else None)
    return consent if documents[0] is given else with_withdrawal(consent, documents[0])


def as_given(document: DocumentVersion, in_force: Wording | None) -> Consent:
    """The consent a signed document holds."""
    content = document.content()
    return Consent(
        wording=Wording(**content["wording"]),
        text=content["text"],
        mother_name=content["mother_name"],
        talks=tuple(held(talk) for talk in content["talks"]),
        given_at=document.signed_at,
        witness_name=document.signed_by_name,
        in_force=in_force,
        unchanged=document.is_unchanged(),
        how=content.get("how", ""),
        by_link="link" in content,
        drawing=path_of(content["strokes"]) if content.get("strokes") else "",
    )


def held(talk: dict[str, Any]) -> Held:
    """A talk as it is written in a document."""
    return Held(Talk(talk["talk"]), date.fromisoformat(talk["held_on"]), talk["with_name"])


def with_withdrawal(consent: Consent, document: DocumentVersion) -> Consent:
    """The same, taken back."""
    return replace(
        consent,
        withdrawn_on=date.fromisoformat(document.content()["withdrawn_on"]),
        withdrawn_at=document.signed_at,
        withdrawal_reason=document.reason,
        unchanged=consent.unchanged and document.is_unchanged(),
    )


def consent_fault(course_id: uuid.UUID) -> str | None:
    """Why this course has no valid consent, as a sentence; None when it has one."""
    consent = consent_of(course_id)
    return NO_CONSENT if consent is None else consent.why_not


def talks_of(course_id: uuid.UUID) -> dict[Talk, Held]:
    """The talks that staff wrote down, the latest of each, in the order in which they are held."""
    rows = select(ConsentTalk).where(ConsentTalk.course_id == course_id)
    last = {row.talk: row for row in db.session.scalars(rows.order_by(ConsentTalk.recorded_at))}
    return {
        talk: Held(talk, last[talk].held_on, last[talk].with_name, last[talk].with_id)
        for talk in Talk
        if talk in last
    }


def talks_held(course_id: uuid.UUID) -> dict[Talk, Held]:
    """The talks that were written down, and those that her valid consent names itself."""
    consent = consent_of(course_id)
    signed = consent.talks if consent is not None and consent.valid else ()
    return talks_of(course_id) | {one.talk: one for one in signed}


def why_not_to_sign(course_id: uuid.UUID) -> str | None:
    """Why she cannot sign now, as a sentence, whatever the way; None when she can."""
    course, consent = course_or_raise(course_id), consent_of(course_id)
    if course.ended_on is not None:
        return f"This course ended on {course.ended_on:%d %b %Y}."
    if wording_for(course_id) is None:
        return "No wording of consent is published in this clinic."
    if consent is not None and consent.valid:
        return "She has agreed to this wording already."
    if waiting := [words for row in open_safety(course.patient_id) for words in row.words]:
        return f"Review first, in the same visit: {'; '.join(waiting)}."
    return None


def why_not_by_link(course_id: uuid.UUID) -> str | None:
    """Why a link to sign cannot be sent: the same, and the talks come first; None when it can."""
    fault = why_not_to_sign(course_id)
    if fault is None and len(talks_of(course_id)) < len(Talk):
        return "Write down the three talks first; a link only asks for her signature."
    return fault
