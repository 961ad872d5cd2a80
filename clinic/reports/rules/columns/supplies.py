"""This file is about the columns of supplies: devices and vials opened, returned, wasted."""

from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import BATCH, ENTRY, LOG, typed
from clinic.reports.rules.record import EntryRecord, SessionRecord, entries
from clinic.sessions.rules.log import Supply, SupplyEvent, SupplyUnit

Used = EntryRecord[Supply]


def rows(session: SessionRecord) -> tuple[Used, ...]:
    """One row for each entry, oldest first; what was given stands in the file of doses."""
    return tuple(entries(session, Supply))


COLUMNS: tuple[Column[Used], ...] = (
    *ENTRY,
    Column(
        "event",
        "What became of it",
        Kind.CODE,
        typed(lambda e: e.event.value),
        codes=codes(SupplyEvent),
        definition="D5.2",
    ),
    Column(
        "device_number",
        "Which device; empty: a vial or another box",
        Kind.INTEGER,
        typed(lambda e: e.device_number),
    ),
    Column(
        "amount",
        "Amount, as typed; empty: a whole device, or nobody typed one",
        Kind.DECIMAL,
        typed(lambda e: e.amount),
        definition="D5.2",
    ),
    Column(
        "amount_unit",
        "Unit of the amount",
        Kind.CODE,
        typed(lambda e: e.unit and e.unit.value),
        codes=codes(SupplyUnit),
    ),
    *BATCH,
    Column(
        "witness",
        "Second person, as typed",
        Kind.TEXT,
        typed(lambda e: e.witness),
        definition="D5.2",
    ),
    Column("words", "In words, as typed", Kind.TEXT, typed(lambda e: e.text)),
    *LOG,
)
