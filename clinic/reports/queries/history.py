"""This file is about past exports of the clinic, and the files that a worker makes of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.reports.models import Export, ExportJob
from clinic.reports.rules.jobs import UNDER_WAY

SHOWN = 20


@dataclass(frozen=True)
class Past:
    """One export; `job` None: it streamed at once and no file was kept."""

    export: Export
    job: ExportJob | None

    @property
    def is_under_way(self) -> bool:
        """Whether its file is being made."""
        return self.job is not None and self.job.state in UNDER_WAY


def history(most: int | None = SHOWN) -> list[Past]:
    """The exports of the clinic, newest first; most None: all of them."""
    both = select(Export, ExportJob).outerjoin(ExportJob, ExportJob.export_id == Export.id)
    newest = both.order_by(Export.created_at.desc(), Export.id.desc()).limit(most)
    return [Past(export, job) for export, job in db.session.execute(newest)]


def how_many() -> int:
    """How many exports were ever noted."""
    return db.session.scalar(select(func.count()).select_from(Export)) or 0


def past_of(job_id: uuid.UUID) -> Past | None:
    """A file of this clinic, with its export."""
    both = select(Export, ExportJob).join(ExportJob, ExportJob.export_id == Export.id)
    found = db.session.execute(both.where(ExportJob.id == job_id)).one_or_none()
    return Past(*found) if found else None


def times_since(person_id: uuid.UUID, since: datetime) -> list[datetime]:
    """When a person exported after a moment, oldest first."""
    hers = select(Export.created_at).where(
        Export.created_by_id == person_id, Export.created_at > since
    )
    return list(db.session.scalars(hers.order_by(Export.created_at)))
