"""This file is about the columns of what was ordered and what was delivered."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.columns.common import keys, moments, postpartum_day
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import SessionRecord

One = SessionRecord


def own(row: SessionRecord) -> SessionRecord:
    """The session of a session."""
    return row


ORDER: tuple[Column[One], ...] = (
    *keys(own),
    Column("course_id", "Course", Kind.CODE, lambda s: str(s.course_id), privacy=Privacy.PSEUDONYM),
    Column(
        "protocol",
        "Protocol pinned to it",
        Kind.CODE,
        lambda s: s.protocol_code,
        definition="D7.7",
        privacy=Privacy.KEEP,
    ),
    Column(
        "protocol_version",
        "Its version",
        Kind.INTEGER,
        lambda s: s.protocol_version,
        definition="D7.7",
    ),
    Column(
        "protocol_digest",
        "SHA-256 of that version",
        Kind.CODE,
        lambda s: s.protocol_digest,
        definition="D7.7",
        privacy=Privacy.KEEP,
    ),
    *moments("planned_at", "When it was planned for", lambda s: s.planned_at, own),
    Column("room", "Room, as typed", Kind.TEXT, lambda s: s.room),
    Column(
        "status",
        "Status of the session (FHIR Encounter)",
        Kind.CODE,
        lambda s: s.status,
        codes=("planned", "arrived", "in-progress", "finished", "cancelled"),
    ),
    Column(
        "drug_form",
        "Racemic or esketamine",
        Kind.CODE,
        lambda s: s.plan.form.value,
        definition="D1.5",
        privacy=Privacy.KEEP,
    ),
    Column("route", "Route", Kind.CODE, lambda s: s.plan.route.value, privacy=Privacy.KEEP),
    Column(
        "ordered_dose_mg", "Dose that was ordered", Kind.DECIMAL, lambda s: s.ordered_mg, unit="mg"
    ),
    Column(
        "order_weight_kg",
        "Weight the order was worked out from; empty: none",
        Kind.DECIMAL,
        lambda s: s.weight_kg,
        unit="kg",
    ),
    Column("order_weighed_on", "Day of that weight", Kind.DAY, lambda s: s.weighed_on),
)

DOSE: tuple[Column[One], ...] = (
    Column(
        "dose",
        "Dose that was delivered, in words",
        Kind.TEXT,
        lambda s: s.state.dose.text,
        definition="D5.1",
        privacy=Privacy.KEEP,
    ),
    Column(
        "dose_mg",
        "Dose that was delivered; empty: nothing, still running, or an amount is unknown",
        Kind.DECIMAL,
        lambda s: s.state.dose.given_mg,
        unit="mg",
        definition="D5.1",
    ),
    Column(
        "dose_known_mg",
        "Sum of the amounts that are known; empty without a dose",
        Kind.DECIMAL,
        lambda s: s.state.dose.known_mg if s.state.clock.t0 else None,
        unit="mg",
        definition="D5.1",
    ),
    *moments("first_dose_at", "First drug delivered, T0", lambda s: s.state.clock.t0, own, "D1.1"),
    Column(
        "treatment_on",
        "Day of T0 in the clinic",
        Kind.DAY,
        lambda s: s.state.clock.treatment_on,
        definition="D1.1",
    ),
    postpartum_day(lambda s: s.state.clock.t0, own, "first_dose_at"),
)
