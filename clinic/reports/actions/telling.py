"""This file is about what a worker says of a file while it makes it: how far, and the pieces."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.core import clock
from clinic.core.db import apart, end_reading
from clinic.core.errors import DomainError
from clinic.reports.actions import pieces
from clinic.reports.actions.formats import Format
from clinic.reports.actions.jobs import folder
from clinic.reports.actions.pieces import KeptPieces
from clinic.reports.models import ExportJob
from clinic.reports.rules.jobs import LEASE, TELL_EVERY
from clinic.reports.rules.ordering import Cancelled, Order
from clinic.reports.rules.pieces import END, Mark

PIECES = ".pieces"


@dataclass(frozen=True)
class Claim:
    """A file that this worker makes. `asked_at`: the moment whose state it shows."""

    job_id: uuid.UUID
    id: uuid.UUID
    order: Order
    person_id: uuid.UUID
    asked_at: datetime
    format: Format


class TooLong(DomainError):
    """It takes longer than whoever writes it has."""

    def __init__(self) -> None:
        super().__init__("it takes longer than a minute, and this server runs no flask worker")


class Told:
    """The progress of a claim: kept in the job once a second, which also holds the lease.

    With it goes a piece of what was worked out since; a full one does not wait for the second.
    """

    def __init__(self, claim: Claim, place: Path, until: datetime | None) -> None:
        self.claim, self.place, self.until = claim, place, until
        self.told_at: datetime | None = None
        self.total = 0
        self.pieces = KeptPieces(pieces_of(claim.job_id), place, self.is_alive)

    def step(self, done: int, total: int, mark: Mark | None = None) -> None:
        """Say how far it is. Raises Cancelled when the claim does not hold any more, TooLong."""
        now, self.total = self.now(), total
        full = mark is not None and self.pieces.size >= pieces.FULL
        if self.is_due(now) or full or done >= total:
            self.tell(now, done, mark)

    def end(self, total: int) -> None:
        """Keep what is in no piece yet. Raises Cancelled, TooLong."""
        self.tell(self.now(), total, Mark(END, "", total))

    def is_alive(self) -> None:
        """Hold the lease while the file is put together. Raises Cancelled, TooLong."""
        if self.is_due(now := self.now()):
            self.tell(now, self.total, None)

    def now(self) -> datetime:
        """The moment, once nothing is being read any more. Raises TooLong."""
        end_reading()
        now = clock.now()
        if self.until is not None and now > self.until:
            raise TooLong
        return now

    def is_due(self, now: datetime) -> bool:
        """Whether nothing was said for a while."""
        return self.told_at is None or now - self.told_at >= TELL_EVERY

    def tell(self, now: datetime, done: int, mark: Mark | None) -> None:
        """Keep it. A worker that finished a piece was not in vain: tries count from there."""
        piece = self.pieces.written(mark) if mark and self.pieces.size else None
        with held(self.claim) as (_, job):
            job.done, job.total, job.lease_ends_at = done, self.total, now + LEASE
            if piece is not None:
                self.pieces.finish(piece)
                job.tries = 1
        self.told_at = now


@contextmanager
def held(claim: Claim) -> Iterator[tuple[Session, ExportJob]]:
    """The job, to write in, while the claim holds. Raises Cancelled when it does not."""
    with apart() as session:
        mine = select(ExportJob).where(ExportJob.id == claim.job_id, ExportJob.claim_id == claim.id)
        job = session.scalar(mine.with_for_update())
        if job is None:
            raise Cancelled
        yield session, job


def pieces_of(job_id: uuid.UUID) -> Path:
    """Where the finished pieces of a file lie."""
    return folder() / f"{job_id}{PIECES}"
