"""This file is about the two questions of the registry: sedation and dissociation, yes or no."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column
from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules import registry
from clinic.sessions.rules.registry import NO, UNKNOWN, YES

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
        "unknown when none shows it and a slot has no score; empty without a dose",
        Kind.CODE,
        lambda s: registry.dissociation(s.plan, s.state),
        codes=(YES, NO, UNKNOWN),
        definition="D7.8",
    ),
    Column(
        "registry_report_due_on",
        "Last day to send the registry report",
        Kind.DAY,
        lambda s: s.state.clock.report_due_on,
        definition="D1.1",
    ),
)
