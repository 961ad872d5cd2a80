"""This file is about what may be asked of published protocols: what is in force, what it says."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from clinic.core.db import db
from clinic.notation.rules.canonical import digest
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import Protocol

HOW = {"staff": "asked by staff", "paper": "on paper", "link": "by link"}


class NotAsPublished(RuntimeError):
    """The stored text is not the one whose digest was published."""


def all_in_force() -> Sequence[ProtocolVersion]:
    """The newest version of each protocol of the clinic, by title."""
    statement = select(ProtocolVersion).where(is_newest())
    return db.session.scalars(statement.order_by(ProtocolVersion.title)).all()


def in_force(code: str) -> ProtocolVersion | None:
    """The newest version of one protocol, or None when the clinic has not published it."""
    statement = select(ProtocolVersion).where(ProtocolVersion.code == code, is_newest())
    return db.session.scalar(statement)


def is_newest() -> ColumnElement[bool]:
    """No later version of the same protocol is published."""
    later = aliased(ProtocolVersion)
    return ~exists().where(later.code == ProtocolVersion.code, later.n > ProtocolVersion.n)


def versions_of(code: str) -> Sequence[ProtocolVersion]:
    """Every version of one protocol, newest first."""
    statement = select(ProtocolVersion).where(ProtocolVersion.code == code)
    return db.session.scalars(statement.order_by(ProtocolVersion.n.desc())).all()


def by_ids(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ProtocolVersion]:
    """Versions by their ids; an id that is not here is left out."""
    statement = select(ProtocolVersion).where(ProtocolVersion.id.in_(set(ids)))
    return {version.id: version for version in db.session.scalars(statement)}


def uses_of_scales() -> dict[str, list[tuple[str, str]]]:
    """(protocol, when and how) of each scale that a protocol in force asks, by the scale's code."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for version in all_in_force():
        for use in content_of(version).scales:
            when = ", ".join(moment.replace("-", " ") for moment in use.moments)
            found[use.scale].append((f"{version.title} v{version.n}", f"{when}, {HOW[use.by]}"))
    return found


def protocol_of(version_id: uuid.UUID) -> Protocol:
    """What a published version says. Raises KeyError for an id that is not of this clinic."""
    version = db.session.get(ProtocolVersion, version_id)
    if version is None:
        raise KeyError(version_id)
    return content_of(version)


def content_of(version: ProtocolVersion) -> Protocol:
    """What a version says; parsed once for one text. Raises NotAsPublished for an altered text."""
    return parsed(version.body, version.digest)


@lru_cache(maxsize=128)
def parsed(body: str, published_digest: str) -> Protocol:
    """A protocol from its canonical text."""
    if digest(body) != published_digest:
        raise NotAsPublished(f"the text is not that of digest {published_digest}")
    return Protocol.from_json(body)
