"""This file is about what was signed: each version must fit its signature, and follow the last."""

import uuid
from collections.abc import Iterator

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from clinic.core.signatures import DocumentVersion, broken_because
from clinic.core.verify.findings import Break, Kind

VERSIONS = 200  # in memory at a time


def broken_signatures(connection: Connection, chain_id: uuid.UUID) -> Iterator[Break]:
    """Every signed version of the clinic somebody acts for that is not as it was signed."""
    with Session(bind=connection) as session:
        after = None
        while True:
            page = select(DocumentVersion).order_by(DocumentVersion.id).limit(VERSIONS)
            if after is not None:
                page = page.where(DocumentVersion.id > after)
            found = session.scalars(page).all()
            if not found:
                return
            after = found[-1].id
            for document in found:
                if why := broken_because(document):
                    yield named(chain_id, document, why)
            session.expunge_all()


def named(chain_id: uuid.UUID, document: DocumentVersion, why: str) -> Break:
    """A broken signature: which document, whose, when."""
    place = f"DocumentVersion {document.id}"
    about = f"{document.kind} of {document.subject_id}, version {document.n}"
    who = f"signed by {document.signed_by_name} at {document.signed_at.isoformat()}"
    return Break(chain_id, 0, f"{about}, {who}: {why}", Kind.SIGNATURE_BROKEN, place)
