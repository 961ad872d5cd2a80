"""This file is about obligations on file: what a clinic switched on, what was filled and sent."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from clinic.core.db import db
from clinic.notation.rules.canonical import digest
from clinic.reports.library.obligations import CLOCKS
from clinic.reports.models.obligations import (
    FilledForm,
    FormAnswers,
    FormSubmission,
    ObligationVersion,
)
from clinic.reports.rules.obligations import (
    EventClocks,
    FormTemplate,
    Submitted,
    standing_submissions,
)


class NotAsSwitchedOn(RuntimeError):
    """The stored text is not the one whose digest was kept."""


def newest_versions() -> Sequence[ObligationVersion]:
    """The newest version of each form, and of the clocks, by title."""
    later = aliased(ObligationVersion)
    is_newest = ~exists().where(later.code == ObligationVersion.code, later.n > ObligationVersion.n)
    found = select(ObligationVersion).where(is_newest).order_by(ObligationVersion.title)
    return db.session.scalars(found).all()


def newest_version(code: str) -> ObligationVersion | None:
    """The newest version under a code, or None while it was never switched on."""
    return next((one for one in newest_versions() if one.code == code), None)


def versions_of(code: str) -> Sequence[ObligationVersion]:
    """Every version under a code, newest first."""
    found = select(ObligationVersion).where(ObligationVersion.code == code)
    return db.session.scalars(found.order_by(ObligationVersion.n.desc())).all()


def forms_in_use() -> dict[str, ObligationVersion]:
    """Name of the report in a protocol -> the form that the clinic fills for it."""
    return {
        form_of(one).report: one for one in newest_versions() if one.in_use and one.code != CLOCKS
    }


def form_of(version: ObligationVersion) -> FormTemplate:
    """What a version says; parsed once. Raises NotAsSwitchedOn for an altered text."""
    return parsed_form(version.body, version.digest)


def clocks_in_use() -> EventClocks | None:
    """The clocks of serious events that the clinic switched on; None while none are."""
    version = newest_version(CLOCKS)
    return EventClocks.from_json(version.body) if version and version.in_use else None


@lru_cache(maxsize=32)
def parsed_form(body: str, kept_digest: str) -> FormTemplate:
    """A form from its canonical text."""
    if digest(body) != kept_digest:
        raise NotAsSwitchedOn(f"the text is not that of digest {kept_digest}")
    return FormTemplate.from_json(body)


def answers_of(session_id: uuid.UUID) -> FormAnswers | None:
    """What was typed for the form of a session last; None: nothing yet."""
    found = select(FormAnswers).where(FormAnswers.session_id == session_id)
    newest = found.order_by(FormAnswers.recorded_at.desc(), FormAnswers.id.desc())
    return db.session.scalar(newest.limit(1))


def filled_forms(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, FilledForm]:
    """Session id -> its form as it was filled last."""
    found = select(FilledForm).where(FilledForm.session_id.in_(set(session_ids)))
    return {one.session_id: one for one in db.session.scalars(found.order_by(FilledForm.n))}


def submissions_of(session_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Submitted]]:
    """Session id -> the submissions of its form that stand, oldest first."""
    rows = select(FormSubmission).where(FormSubmission.session_id.in_(set(session_ids)))
    found: dict[uuid.UUID, list[tuple[Submitted, uuid.UUID | None]]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(FormSubmission.recorded_at, FormSubmission.id)):
        found[row.session_id].append((as_submitted(row), row.takes_back_id))
    return {session_id: standing_submissions(pairs) for session_id, pairs in found.items()}


def as_submitted(row: FormSubmission) -> Submitted:
    """A row as the rules know it."""
    return Submitted(
        id=row.id,
        form_id=row.form_id,
        by=row.sent_by,
        on=row.sent_on,
        has_proof=row.file_digest is not None,
        author_id=row.author_id,
        recorded_at=row.recorded_at,
    )


def submission_rows(session_id: uuid.UUID) -> Sequence[FormSubmission]:
    """All submissions of a session's form, those taken back too, oldest first."""
    rows = select(FormSubmission).where(FormSubmission.session_id == session_id)
    return db.session.scalars(rows.order_by(FormSubmission.recorded_at, FormSubmission.id)).all()
