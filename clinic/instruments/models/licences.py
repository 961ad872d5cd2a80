"""This file is about what we remember of licences and wording, and of a clinic's own scales."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.instruments.rules.licences import Evidence, EvidenceKind, Medium

# The owner's property: the trail says that it changed, never what it says.
NEVER_IN_THE_TRAIL = {"audit": "secret"}


class LicenceEvidence(ClinicOwned, Base):
    """What was put on file about the wording of a scale in a language, written once.

    The newest that is not `asked` counts. `covers`: media, separated by commas. `ends_on`: the
    last day, None: no end is stated. `file_digest`: SHA-256 in hex of `content`, bytes as sent.
    """

    __tablename__ = "licence_evidence"
    __table_args__ = owned(
        Index(None, "clinic_id", "code"),
        CheckConstraint("kind <> 'on-file' OR file_digest IS NOT NULL", "has_file"),
        CheckConstraint("(content IS NULL) = (file_digest IS NULL)", "file_with_digest"),
        **append_only(),
    )

    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[EvidenceKind]
    reference: Mapped[str] = mapped_column(String(300))
    ends_on: Mapped[date | None]
    covers: Mapped[str] = mapped_column(String(60), default="")
    translation: Mapped[str | None] = mapped_column(String(300))
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_type: Mapped[str | None] = mapped_column(String(60))
    file_size: Mapped[int | None]
    file_digest: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True, info=NEVER_IN_THE_TRAIL
    )
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]

    def as_evidence(self) -> Evidence:
        """What the rules ask of it."""
        media = frozenset(Medium(word) for word in self.covers.split(",") if word)
        return Evidence(self.ends_on, media, self.translation)


class ScaleWording(ClinicOwned, Base):
    """Version `n` of the owner's wording as this clinic loaded it. It is never edited.

    `body`: canonical text of `rules.wording.Wording`; `digest`: its SHA-256 in hex.
    """

    __tablename__ = "scale_wording"
    __table_args__ = owned(
        child_of("licence_evidence", "evidence_id"),
        UniqueConstraint("clinic_id", "code", "version", "language", "n"),
        Index(None, "clinic_id", "digest"),
        **append_only(),
    )

    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    n: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text, deferred=True, info=NEVER_IN_THE_TRAIL)
    evidence_id: Mapped[uuid.UUID]
    loaded_by_id: Mapped[uuid.UUID]
    loaded_at: Mapped[datetime]


class WordingComparison(ClinicOwned, Base):
    """That a second person compared a wording with the owner's form, line by line."""

    __tablename__ = "wording_comparison"
    __table_args__ = owned(
        child_of("scale_wording", "wording_id"),
        UniqueConstraint("clinic_id", "wording_id"),
        CheckConstraint("compared_by_id <> loaded_by_id", "by_second_person"),
        CheckConstraint("same OR difference IS NOT NULL", "difference_is_said"),
        **append_only(),
    )

    wording_id: Mapped[uuid.UUID]
    loaded_by_id: Mapped[uuid.UUID]
    compared_by_id: Mapped[uuid.UUID]
    compared_at: Mapped[datetime]
    lines: Mapped[int]
    same: Mapped[bool]
    difference: Mapped[str | None] = mapped_column(Text, info=NEVER_IN_THE_TRAIL)


class ScaleRetirement(ClinicOwned, Base):
    """That a scale is no longer for new protocols, or is again. The newest row counts."""

    __tablename__ = "scale_retirement"
    __table_args__ = owned(Index(None, "clinic_id", "code"), **append_only())

    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    retired: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    recorded_by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class OwnScale(ClinicOwned, Base):
    """Version `n` of a scale that the clinic made itself. The highest `n` is the one in use.

    `body`: canonical text of `rules.Instrument`; `digest`: its SHA-256 in hex.
    """

    __tablename__ = "own_scale"
    __table_args__ = owned(UniqueConstraint("clinic_id", "code", "n"), **append_only())

    code: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text, info=NEVER_IN_THE_TRAIL)
    added_by_id: Mapped[uuid.UUID]
    added_at: Mapped[datetime]
