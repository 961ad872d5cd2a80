"""This file is about the columns of doses: each event of giving the drug, as typed."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import BATCH, ENTRY, LOG, typed
from clinic.reports.rules.record import EntryRecord, SessionRecord, entries
from clinic.sessions.rules.log import Administration, AdministrationEvent, Outcome, Remains

Given = EntryRecord[Administration]


def rows(session: SessionRecord) -> tuple[Given, ...]:
    """One row for each dose event, oldest first."""
    return tuple(entries(session, Administration))


COLUMNS: tuple[Column[Given], ...] = (
    *ENTRY,
    Column(
        "event",
        "What happened",
        Kind.CODE,
        typed(lambda e: e.event.value),
        codes=codes(AdministrationEvent),
        definition="D1.1",
    ),
    Column("device_number", "Which device", Kind.INTEGER, typed(lambda e: e.device_number)),
    Column(
        "outcome",
        "What the device delivered",
        Kind.CODE,
        typed(lambda e: e.outcome.value if e.outcome else None),
        codes=codes(Outcome),
        definition="D5.1",
    ),
    Column(
        "amount_mg",
        "Amount, as typed; empty: nobody typed one",
        Kind.DECIMAL,
        typed(lambda e: e.mg),
        unit="mg",
        definition="D5.1",
    ),
    Column(
        "rate_mg_per_h",
        "Rate of the infusion from this moment",
        Kind.DECIMAL,
        typed(lambda e: e.rate_mg_per_h),
        unit="mg/h",
        definition="D5.1",
    ),
    *BATCH,
    Column("site", "Site, as typed", Kind.TEXT, typed(lambda e: e.site), definition="D5.2"),
    Column(
        "remains",
        "What became of the rest of a lozenge",
        Kind.CODE,
        typed(lambda e: e.remains.value if e.remains else None),
        codes=codes(Remains),
    ),
    Column(
        "witness",
        "Second person, as typed",
        Kind.TEXT,
        typed(lambda e: e.witness),
        definition="D5.2",
    ),
    *LOG,
)
