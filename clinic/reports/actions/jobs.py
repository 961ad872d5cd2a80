"""This file is about the files that a worker makes: ordered, cancelled, tried again, deleted."""

import uuid
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.core import audit, clock
from clinic.core.db import apart, db
from clinic.core.errors import Conflict
from clinic.reports.actions.exports import record_export
from clinic.reports.models import Export, ExportJob
from clinic.reports.rules.jobs import UNDER_WAY, JobState
from clinic.reports.rules.ordering import Order


def order_export(order: Order, purpose: str) -> ExportJob:
    """Note the export and put its file in the queue. Raises TooManyExports."""
    job = ExportJob(export_id=record_export(order, purpose).id)
    db.session.add(job)
    db.session.flush()
    return job


def cancel_job(job: ExportJob) -> None:
    """Nobody wants the file any more. A worker that writes it stops at its next step."""
    db.session.refresh(job, with_for_update=True)
    if job.state not in UNDER_WAY:
        raise Conflict("This export is not being prepared any more.")
    job.state, job.claim_id, job.lease_ends_at = JobState.CANCELLED, None, None
    job.finished_at = clock.now()
    audit.note(db.session(), "cancel", "ExportJob", job.id)


def try_again(job: ExportJob) -> None:
    """Put a failed or cancelled file back into the queue, for the same order."""
    db.session.refresh(job, with_for_update=True)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise Conflict("Only an export that failed or was cancelled can be tried again.")
    job.state, job.fault, job.finished_at = JobState.QUEUED, None, None
    job.tries = job.done = 0
    audit.note(db.session(), "try-again", "ExportJob", job.id)


def note_download(job_id: uuid.UUID, sha256: str | None) -> None:
    """Put into the trail that somebody takes the file, before its first byte leaves."""
    with apart() as trail:
        audit.note(trail, "download", "ExportJob", job_id, sha256=sha256)


def delete_expired(now: datetime) -> int:
    """Delete the files of the acting clinic whose time is over; says how many.

    The file goes first: a crash in between leaves a file that is not there said to be there, and
    the next run says it rightly.
    """
    with apart() as session:
        expired = expired_jobs(session, now)
        for job in expired:
            folder().joinpath(file_of(job)).unlink(missing_ok=True)
            job.state, job.deleted_at = JobState.DELETED, now
            audit.note(session, "delete-file", "ExportJob", job.id, sha256=job.sha256)
        return len(expired)


def expired_jobs(session: Session, now: datetime) -> list[ExportJob]:
    """The files whose time is over."""
    over = select(ExportJob).where(ExportJob.state == JobState.READY, ExportJob.expires_at <= now)
    return list(session.scalars(over.with_for_update(skip_locked=True)))


def folder() -> Path:
    """Where the files lie; for the program alone."""
    place = Path(current_app.config["EXPORT_FOLDER"] or Path(current_app.instance_path, "exports"))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def file_of(job: ExportJob) -> str:
    """The name of a file in the folder: of no clinic and of nobody."""
    return f"{job.id}.file"


def path_of(job: ExportJob, now: datetime) -> Path | None:
    """The file of a job; None when there is none any more."""
    path = folder() / file_of(job)
    expired = job.expires_at is None or job.expires_at <= now
    return None if job.state is not JobState.READY or expired or not path.is_file() else path


def export_of(session: Session, job: ExportJob) -> Export:
    """The export whose file a job makes."""
    return session.scalars(select(Export).where(Export.id == job.export_id)).one()
