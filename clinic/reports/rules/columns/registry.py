"""This file is about what the registry asks: sedation, dissociation, a blood pressure between."""

from collections.abc import Callable

from clinic.protocols.rules import SIGNS
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules import registry
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.rules.registry import NO, UNKNOWN, YES


def pressure(part: str) -> Callable[[SessionRecord], object]:
    """One number of the blood pressure that the registry asks for between; None without it."""

    def value(session: SessionRecord) -> object:
        reading = registry.pressure_between(session.plan, session.state)
        found = reading.value.value if reading and isinstance(reading.value, Measured) else None
        return getattr(found, part) if isinstance(found, BloodPressure) else None

    return value


COLUMNS: tuple[Column[SessionRecord], ...] = (
    Column(
        "registry_sedation",
        "Sedation: any MOAA/S below the top of its scale after the dose; unknown when none shows "
        "it and a slot has no score; empty without a dose",
        Kind.CODE,
        lambda s: registry.sedation(s.plan, s.state),
        codes=(YES, NO, UNKNOWN),
        definition="D7.8",
    ),
    Column(
        "registry_dissociation",
        "Dissociation: any score above the bottom of its scale after the dose, or the side effect; "
        "unknown when none shows it and a slot has no score; empty without a dose; "
        f"the scale: {SIGNS['dissociation'].caution}",
        Kind.CODE,
        lambda s: registry.dissociation(s.plan, s.state),
        codes=(YES, NO, UNKNOWN),
        definition="D7.8",
    ),
    *(
        Column(
            f"registry_{part}_mmhg",
            f"{part.capitalize()} of the slot whose pressure the protocol names for the registry",
            Kind.INTEGER,
            pressure(part),
            "mm[Hg]",
            definition="D1.2",
        )
        for part in ("systolic", "diastolic")
    ),
    Column(
        "registry_report_due_on",
        "Last day to send the registry report",
        Kind.DAY,
        lambda s: s.state.clock.report_due_on,
        definition="D1.1",
    ),
)
