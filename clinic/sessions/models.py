"""This file is about what we remember of a monitored session, and the log of its entries."""

import json
import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, append_only, locked_with
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.sessions.rules.reporting import ReportedTo


class SessionStatus(StrEnum):
    """FHIR Encounter status codes."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    IN_PROGRESS = "in-progress"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class TreatmentSession(ClinicOwned, Base):
    """One monitored session. A register until it is signed; locked for ever afterwards.

    `protocol_version_id` is pinned at check-in: the version in force when it started (D7.7).
    `ordered_dose` is what the prescriber wrote, in mg; `weight_kg` is what it was worked out from.
    """

    __tablename__ = "treatment_session"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("protocol_version", "protocol_version_id"),
        UniqueConstraint("clinic_id", "course_id", "number"),
        Index(None, "clinic_id", "status"),
        Index(None, "clinic_id", "planned_at"),
        Index(None, "clinic_id", "patient_id"),
        CheckConstraint("(weight_kg IS NULL) = (weighed_on IS NULL)", "weight_has_its_day"),
        lockable=True,
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    protocol_version_id: Mapped[uuid.UUID]
    number: Mapped[int]
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.PLANNED)
    planned_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(20))
    ordered_dose: Mapped[Decimal]
    ordered_by_id: Mapped[uuid.UUID]
    ordered_at: Mapped[datetime]
    weight_kg: Mapped[Decimal | None]
    weighed_on: Mapped[date | None]
    agreed_pause_hours: Mapped[Decimal | None]
    responsible_id: Mapped[uuid.UUID | None]
    locked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class LogEntry(ClinicOwned, Base):
    """One entry of the log, written once. A correction is another row that names this one.

    Signs have columns of their own so that they can be counted; the rest of what a kind says is
    canonical JSON in `detail`. `content_hash` is over what the client sent: the same id with the
    same content is a repeat, with other content a conflict.
    """

    __tablename__ = "entry"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("entry", "corrects_id"),
        UniqueConstraint("clinic_id", "log_seq"),
        Index(None, "clinic_id", "session_id", "log_seq"),
        CheckConstraint("(systolic IS NULL) = (diastolic IS NULL)", "pressure_is_a_pair"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", "correction_has_reason"),
        CheckConstraint("moaas BETWEEN 0 AND 5", "moaas"),
        CheckConstraint("dissociation BETWEEN 0 AND 4", "dissociation"),
        **append_only(),
        **locked_with("treatment_session", "session_id"),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(20))
    effective_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    author_id: Mapped[uuid.UUID]
    device_id: Mapped[str | None] = mapped_column(String(64))
    device_at: Mapped[datetime | None]
    corrects_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    transcribed: Mapped[bool] = mapped_column(default=False)
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    heart_rate: Mapped[int | None]
    respiratory_rate: Mapped[int | None]
    spo2: Mapped[int | None]
    oxygen_l_min: Mapped[Decimal | None]
    temperature: Mapped[Decimal | None]
    moaas: Mapped[int | None]
    dissociation: Mapped[int | None]
    detail: Mapped[str] = mapped_column(Text, default="{}")
    content_hash: Mapped[str] = mapped_column(String(64))
    log_seq: Mapped[int]

    def said(self) -> dict[str, Any]:
        """What this kind of entry says beside its signs."""
        said: dict[str, Any] = json.loads(self.detail)
        return said


class EventReport(ClinicOwned, Base):
    """That a serious event was reported: to whom, on which day. A row is never changed.

    Not locked with its session: the report comes after the signature more often than before it.
    `takes_back_id` names an earlier report that was entered in error; that needs `reason`.
    """

    __tablename__ = "event_report"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("entry", "onset_id"),
        child_of("event_report", "takes_back_id"),
        Index(None, "clinic_id", "session_id"),
        CheckConstraint("takes_back_id IS NULL OR reason IS NOT NULL", "taking_back_has_reason"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    onset_id: Mapped[uuid.UUID]
    reported_to: Mapped[ReportedTo]
    reported_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    takes_back_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class Countersignature(ClinicOwned, Base):
    """That a psychiatrist countersigned an order by phone, from her own sign-in. Never changed.

    Not locked with its session: it comes after the signature as often as before it. `order_id` is
    the entry that she read: the order as it stood, or its last correction.
    """

    __tablename__ = "countersignature"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("entry", "order_id"),
        UniqueConstraint("clinic_id", "order_id"),
        Index(None, "clinic_id", "session_id"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    order_id: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class Amendment(ClinicOwned, Base):
    """What was added after the signature, with the reason. Never changed; it changes no figure.

    `entry_id` names the entry that it stands beside, as first written; None: the whole session.
    Not locked with its session: there is nothing to amend before the signature.
    """

    __tablename__ = "amendment"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        child_of("entry", "entry_id"),
        Index(None, "clinic_id", "session_id"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    entry_id: Mapped[uuid.UUID | None]
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class SessionReview(ClinicOwned, Base):
    """That a psychiatrist reviewed a signed session, as its record stood then. Never changed.

    `added` is how many rows (amendments, reports, countersignatures) stood beside the signature;
    with another one the session is unreviewed again. The signed log itself cannot change.
    """

    __tablename__ = "session_review"
    __table_args__ = owned(
        child_of("treatment_session", "session_id"),
        UniqueConstraint("clinic_id", "session_id", "added"),
        **append_only(),
    )

    session_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    added: Mapped[int]
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class TabletHeard(ClinicOwned, Base):
    """When a page of a session was last heard of, by somebody who may log there (D4.3).

    Its id is that of the session. No record of a patient: it is in no trail, and its past is lost.
    """

    __tablename__ = "tablet_heard"
    __table_args__ = owned(child_of("treatment_session", "id"), trail=False)

    heard_at: Mapped[datetime]
