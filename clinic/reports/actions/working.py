"""This file is about the worker: it claims a file, writes it, and says so step by step.

A claim that is not heard of within its lease is taken up by another worker, so a worker may die at
any moment: the pieces that it finished stay, and the next one goes on after them; whatever else it
wrote lies in a folder of its own, which nobody has seen, and goes. Every write to the job, and
every piece, asks first whether the claim still holds.
"""

import errno
import hashlib
import os
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree

from flask import current_app
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from clinic.core import audit, clock
from clinic.core.db import apart, end_reading, new_id, only_reading
from clinic.core.errors import DomainError
from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.actions.formats import FORMATS
from clinic.reports.actions.jobs import export_of, file_of, folder
from clinic.reports.actions.telling import PIECES, Claim, Told, held, pieces_of
from clinic.reports.models import ExportJob
from clinic.reports.queries.masking import clinic_in, mask_for
from clinic.reports.queries.source import Source
from clinic.reports.rules.jobs import (
    LEASE,
    MOST_TRIES,
    UNDER_WAY,
    JobState,
    fault_words,
)
from clinic.reports.rules.ordering import Cancelled

STRETCH = 1 << 20  # bytes read at once
PART = ".part"
FILE = "file"


def claim_next() -> Claim | None:
    """Take the oldest file of the acting clinic that nobody makes; None: there is none."""
    now = clock.now()
    with apart() as session:
        while (job := waiting(session, now)) is not None:
            if (claim := claimed(session, job, now)) is not None:
                return claim
    return None


def waiting(session: Session, now: datetime) -> ExportJob | None:
    """The oldest file that waits, or whose worker is gone."""
    gone = and_(ExportJob.state == JobState.RUNNING, ExportJob.lease_ends_at < now)
    found = select(ExportJob).where(or_(ExportJob.state == JobState.QUEUED, gone))
    oldest = found.order_by(ExportJob.id).limit(1)
    return session.scalar(oldest.with_for_update(skip_locked=True))


def claimed(session: Session, job: ExportJob, now: datetime) -> Claim | None:
    """Put our claim on a file; None when it was tried too often or its format is gone."""
    export, form = export_of(session, job), None
    if job.tries >= MOST_TRIES:
        give_up(job, now, "the worker was interrupted too often")
    elif (form := FORMATS.get(export.format)) is None:
        give_up(job, now, "this format is not installed any more")
    else:
        job.state, job.claim_id, job.lease_ends_at = JobState.RUNNING, new_id(), now + LEASE
        job.tries, job.started_at = job.tries + 1, now
    session.flush()
    if form is None or job.claim_id is None:
        return None
    made = (export.order, export.created_by_id, export.created_at)
    return Claim(job.id, job.claim_id, *made, form)


def give_up(job: ExportJob, now: datetime, why: str) -> None:
    """The file will not be made."""
    job.state, job.claim_id, job.lease_ends_at = JobState.FAILED, None, None
    job.finished_at, job.fault = now, fault_words(job.done, job.total, why)[:300]


def make(claim: Claim, until: datetime | None = None) -> bool:
    """Write the file of a claim; whether it is ready. As the person who ordered it.

    until: when whoever writes it must be done; None: whenever it is done.
    """
    place = folder() / f"{claim.job_id}.{claim.id}{PART}"
    try:
        clear_parts(claim.job_id)
        place.mkdir(mode=0o700)
        rows = written(claim, place, until)
        finish(claim, place / FILE, rows)
        rmtree(pieces_of(claim.job_id), ignore_errors=True)
    except Cancelled:
        end_reading()
        clear_pieces_of_no_one(claim.job_id)
        return False
    except Exception as trouble:
        end_reading()
        current_app.logger.exception("export %s could not be written", claim.job_id)
        fail(claim, why(trouble))
        clear_pieces_of_no_one(claim.job_id)
        return False
    except BaseException:
        end_reading()
        release(claim)
        raise
    finally:
        rmtree(place, ignore_errors=True)
    return True


def written(claim: Claim, place: Path, until: datetime | None) -> int:
    """Write everything into a folder of this claim's own; how many rows."""
    descriptor = os.open(place / FILE, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with only_reading(), os.fdopen(descriptor, "w+b") as file:
        source, told = Source(claim.order, claim.asked_at), Told(claim, place, until)
        rows = claim.format.write(claim.order, source, mask_for(claim.order), file, told)
        file.flush()
        os.fsync(file.fileno())
    return rows


def finish(claim: Claim, part: Path, rows: int) -> None:
    """Put the file in its place and say that it is ready."""
    (size, sha256), name = measured(part), name_of(claim)
    now, days = clock.now(), current_app.config["EXPORT_DAYS"]
    end_reading()
    with held(claim) as (session, job):
        part.replace(folder() / file_of(job))
        job.state, job.claim_id, job.lease_ends_at = JobState.READY, None, None
        job.done = job.total
        job.rows, job.size, job.sha256 = rows, size, sha256
        job.file_name = name
        job.finished_at, job.expires_at = now, now + timedelta(days=days)
        audit.note(session, "file-ready", "ExportJob", job.id, sha256=sha256, size=size)


def measured(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 in hex, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(STRETCH):
            digest.update(piece)
    return path.stat().st_size, digest.hexdigest()


def name_of(claim: Claim) -> str:
    """`harbour-xlsx-2026-03-01-to-2026-03-12.xlsx`."""
    period = claim.order.period
    days = f"{period.first_on}-to-{period.last_on}"
    stem = file_name(clinic_in(claim.order), claim.format.code, days)
    return stem.removesuffix(".csv") + claim.format.suffix


def fail(claim: Claim, reason: str) -> None:
    """Say why there is no file."""
    try:
        with held(claim) as (_, job):
            give_up(job, clock.now(), reason)
    except Cancelled:
        return


def release(claim: Claim) -> None:
    """This worker goes home: the file waits for the next one."""
    try:
        with held(claim) as (_, job):
            job.state, job.claim_id, job.lease_ends_at = JobState.QUEUED, None, None
            job.tries -= 1
    except Cancelled:
        return


def why(trouble: Exception) -> str:
    """A sentence for the person who ordered it; the log has the rest."""
    if isinstance(trouble, OSError) and trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return "storage full"
    if isinstance(trouble, DomainError):
        return str(trouble).rstrip(".")
    return "something failed"


def clear_parts(job_id: uuid.UUID) -> None:
    """What workers that died left of this file, other than its finished pieces."""
    for place in folder().glob(f"{job_id}.*{PART}"):
        rmtree(place, ignore_errors=True)


def clear_pieces_of_no_one(job_id: uuid.UUID) -> None:
    """The pieces of a file that nobody makes any more; those of another worker stay."""
    with apart(write=False) as session:
        job = session.scalar(select(ExportJob).where(ExportJob.id == job_id))
        if job is not None and job.state not in UNDER_WAY:
            rmtree(pieces_of(job_id), ignore_errors=True)


def clear_what_is_left() -> None:
    """What workers that died left of files of the acting clinic that nobody makes any more."""
    with apart(write=False) as session:
        for place in (*folder().glob(f"*{PART}"), *folder().glob(f"*{PIECES}")):
            job_id = uuid.UUID(place.name.partition(".")[0])
            job = session.scalar(select(ExportJob).where(ExportJob.id == job_id))
            if job is not None and job.state not in UNDER_WAY:
                rmtree(place, ignore_errors=True)
