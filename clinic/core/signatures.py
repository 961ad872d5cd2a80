"""This file is about signing: who signed what, meaning what, and that it is still the same."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Text, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import Base, append_only, db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.tenancy import ClinicOwned, owned

Reauthenticate = Callable[[str], bool]
Covered = Callable[["DocumentVersion", Session], str]  # why what it covers differs, or nothing


@dataclass(frozen=True)
class Proof:
    """That a person has just shown who they are. Nothing is signed without one."""

    person_id: uuid.UUID
    name: str


class DocumentVersion(ClinicOwned, Base):
    """One signed version of a document. Never changed; amended by a later version with a reason."""

    __tablename__ = "document_version"
    __table_args__ = owned(
        UniqueConstraint("clinic_id", "kind", "subject_id", "n"), **append_only()
    )

    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    n: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
    meaning: Mapped[str]
    signed_by_id: Mapped[uuid.UUID]
    signed_by_name: Mapped[str]
    signed_at: Mapped[datetime]
    supersedes_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None]

    def content(self) -> dict[str, Any]:
        """What was signed."""
        content: dict[str, Any] = json.loads(self.body)
        return content

    def is_unchanged(self) -> bool:
        """Whether the signature still belongs to this content, subject, person and moment."""
        return self.hash == seal(self)


def broken_because(document: DocumentVersion) -> str:
    """Why a signature does not hold any more, in words; nothing when it does.

    Besides the document itself, a room may say what else a signature covers (`covers`).
    """
    if not document.is_unchanged():
        return "what was signed was changed afterwards"
    check: Covered | None = current_app.extensions.get("clinic.covered", {}).get(document.kind)
    session = object_session(document)
    return check(document, session) if check and session else ""


def covers(app: Flask, kind: str, check: Covered) -> None:
    """A room says here how to look at what a kind of document covers beside its own text."""
    app.extensions.setdefault("clinic.covered", {})[kind] = check


def init_app(app: Flask) -> None:
    """Let each page and paper say that a signature does not hold."""
    app.jinja_env.globals["broken_because"] = broken_because


def seal(document: DocumentVersion) -> str:
    """SHA-256 in hex over all that a signature binds: copied to another record it does not fit."""
    bound = (
        document.clinic_id,
        document.patient_id,
        document.kind,
        document.subject_id,
        document.n,
        document.body,
        document.meaning,
        document.signed_by_id,
        document.signed_by_name,
        document.signed_at.isoformat(),
        document.supersedes_id,
        document.reason,
    )
    # As a list, so that no line break in a reason can pass for the border between two parts.
    return hashlib.sha256(json.dumps(bound, default=str).encode()).hexdigest()


def sign(
    kind: str,
    subject_id: uuid.UUID,
    content: dict[str, Any],
    *,
    patient_id: uuid.UUID,
    meaning: str,
    proof: Proof,
    reason: str | None = None,
) -> DocumentVersion:
    """Sign a content as the acting person, who has just proved who they are.

    Raises Conflict when somebody else signed the same record at the same moment.
    """
    if proof.person_id != acting().actor_id:
        raise ValueError("somebody signs with another person's proof")
    before = latest(kind, subject_id)
    document = DocumentVersion(
        clinic_id=acting().clinic_id,
        kind=kind,
        subject_id=subject_id,
        patient_id=patient_id,
        n=before.n + 1 if before else 1,
        body=json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        meaning=meaning,
        signed_by_id=proof.person_id,
        signed_by_name=proof.name,
        signed_at=clock.now(),
        supersedes_id=before.id if before else None,
        reason=reason,
    )
    return kept(document)


def kept(document: DocumentVersion) -> DocumentVersion:
    """The document with its seal, if nobody was faster."""
    document.hash = seal(document)
    db.session.add(document)
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise Conflict("Somebody else signed this meanwhile. Read it, then sign.") from clash
    return document


def prove(password: str, name: str) -> Proof:
    """Ask the acting person once more who is there; `name` is printed beside the signature.

    Raises Unprocessable (field `password`) when the password is not right.
    """
    check: Reauthenticate = current_app.extensions["clinic.reauthenticate"]
    if not check(password):
        raise Unprocessable({"password": ["Enter your own password to sign."]})
    return Proof(acting().actor_id, name)


def latest(kind: str, subject_id: uuid.UUID) -> DocumentVersion | None:
    """The version in force, or None while nothing is signed."""
    versions = select(DocumentVersion).where(
        DocumentVersion.kind == kind, DocumentVersion.subject_id == subject_id
    )
    return db.session.scalar(versions.order_by(DocumentVersion.n.desc()).limit(1))


def reauthenticate_with(app: Flask, check: Reauthenticate) -> None:
    """Accounts say here how a password is checked; the core knows no accounts."""
    app.extensions["clinic.reauthenticate"] = check
