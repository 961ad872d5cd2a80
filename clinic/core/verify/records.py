"""This file is about comparing each record with its newest events, both ways.

A record that differs was edited past the program, one without events was put in, one that is not
there was taken out. Columns that an event may not tell (secrets) are left out, and so are versions.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, select, type_coerce
from sqlalchemy.orm import Mapper

from clinic.core.db import Base, Encrypted, Unreadable, ring
from clinic.core.verify.findings import Break, Kind
from clinic.core.verify.ledger import UNSAID, Ledger, Said

ROWS = 500  # in memory at a time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHANGES = frozenset({"create", "update", "delete"})
# What an upgrade wrote by itself: (table, column) -> the value that it gave to all.
BY_UPGRADE: dict[tuple[str, str], Any] = {("clinic", "second_factor_required"): True}


@dataclass(frozen=True)
class Known:
    """A class of records: its table, and which columns of it the trail tells."""

    name: str
    table: Table
    columns: tuple[tuple[int, str, Column[Any]], ...]

    @property
    def owned(self) -> bool:
        """Whether its rows belong to one clinic each."""
        return bool(self.table.info.get("clinic_owned"))


def known_classes() -> dict[str, Known]:
    """Class name -> what is known of it, for each whose changes are events."""
    tables = Base.metadata.tables.values()
    tracked = [table for table in tables if table.info.get("trail", True) is not False]
    mappers = {mapper.local_table: mapper for mapper in Base.registry.mappers}
    found = [known(mappers[table], table) for table in tracked]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def known(mapper: Mapper[Any], table: Table) -> Known:
    """A class of records."""
    told = [
        (index, attribute.key, attribute.columns[0])
        for index, attribute in enumerate(mapper.column_attrs)
        if isinstance(attribute.columns[0], Column)  # none that a query works out
        and attribute.columns[0].info.get("audit") != "secret"
        and attribute.columns[0] is not mapper.version_id_col
    ]
    return Known(mapper.class_.__name__, table, tuple(told))


class Reader:
    """Reads the events of a chain into ledgers: one of the clinic, one of what belongs to none."""

    def __init__(self, own: Ledger, shared: Ledger) -> None:
        self.own, self.shared = own, shared
        self.classes = known_classes()
        self.columns = {
            name: {key: (index, column.type) for index, key, column in one.columns}
            for name, one in self.classes.items()
        }
        self.imported = False
        self.moment = 0

    def see(self, body: dict[str, Any]) -> None:
        """Take an event in."""
        if body.get("action") == "import-clinic":
            # Loaded from another place: what belongs to no clinic was made anew there.
            self.imported = True
            self.shared.forget({one.name for one in self.classes.values() if not one.owned})
        about = self.classes.get(body.get("type", ""))
        if about is None or body.get("action") not in CHANGES or not body.get("record"):
            return
        ledger = self.own if about.owned else self.shared
        said = ledger.take(about.name, uuid.UUID(body["record"]).hex)
        self.change(said, ledger, body, body["seq"] if about.owned else self.when(body))

    def when(self, body: dict[str, Any]) -> int:
        """The microsecond of an event about what belongs to no clinic.

        Such a record is told of in several chains, so the clock alone says which event is newer;
        within a chain its order does, even where the clock was set back.
        """
        at = datetime.fromisoformat(body["at"]) - EPOCH
        self.moment = max(self.moment, at // timedelta(microseconds=1))
        return self.moment

    def change(self, said: Said, ledger: Ledger, body: dict[str, Any], at: int) -> None:
        """What a record holds after an event."""
        said.stands(body["seq"], at, gone=body["action"] == "delete")
        if body["action"] == "create":
            said.begins(at)
        columns = self.columns[body["type"]]
        for key, (_old, new) in body["detail"].items():
            if key in columns:
                index, kind = columns[key]
                said.says(index, ledger.digest_said(new, kind), at)


def compare(
    connection: Connection,
    chain_id: uuid.UUID,
    about: Known,
    ledger: Ledger,
    counted: Counter[str],
) -> Iterator[Break]:
    """Every record that the trail tells of, as it is. `counted`: by class."""
    for said in ledger.pages(about.name, ROWS):
        rows = rows_of(connection, about, list(said))
        counted[about.name] += len(said)
        for record, one in said.items():
            if why := difference(about, ledger, one, rows.get(record)):
                place = f"{about.name} {uuid.UUID(record)}"
                yield Break(chain_id, one.seq, f"{place} {why[1]}", why[0], place)


def rows_of(connection: Connection, about: Known, records: list[str]) -> dict[str, Any]:
    """Record id in hex -> its row."""
    own = about.table.c.id
    raw = [
        type_coerce(one, Text).label(one.name) if isinstance(one.type, Encrypted) else one
        for _, _, one in about.columns
        if one is not own
    ]
    wanted = select(own, *raw).where(own.in_([uuid.UUID(one) for one in records]))
    return {row["id"].hex: row for row in connection.execute(wanted).mappings()}


def difference(about: Known, ledger: Ledger, said: Said, row: Any) -> tuple[Kind, str] | None:
    """How a row differs from what the trail says, or None."""
    if row is None:
        why = "was deleted, and no event says so"
        return None if said.gone else (Kind.RECORD_MISSING, why)
    if said.gone:
        return Kind.RECORD_UNKNOWN, "is there, although it was deleted"
    fields = [
        key for index, key, column in about.columns if differs(ledger, said, index, column, row)
    ]
    if fields:
        return Kind.RECORD_EDITED, f"was edited past the program: {', '.join(fields)}"
    return None


def differs(ledger: Ledger, said: Said, index: int, column: Column[Any], row: Any) -> bool:
    """Whether a column holds another value than its newest event says."""
    value = row[column.name]
    if isinstance(column.type, Encrypted) and value is not None:
        try:
            value = ring().open(value, column.type.place)
        except Unreadable:
            return True
    expected, _at = said.fields.get(index, (None, 0))
    if expected == UNSAID or (expected is None and (value is None or not said.made)):
        return False
    if expected is None:  # never named: what it has without being told, or since an upgrade
        unsaid = getattr(column.default, "arg", None)
        return column.server_default is None and value != unsaid
    if ledger.digest(value, column.type) == expected:
        return False
    upgraded = (column.table.name, column.name)
    return not (upgraded in BY_UPGRADE and value == BY_UPGRADE[upgraded])


def strangers(
    connection: Connection, chain_id: uuid.UUID, about: Known, ledger: Ledger
) -> Iterator[Break]:
    """Every row of which the trail knows nothing."""
    ids = select(about.table.c.id).order_by(about.table.c.id).limit(ROWS)
    after = None
    while True:
        page = ids if after is None else ids.where(about.table.c.id > after)
        found = list(connection.scalars(page))
        if not found:
            return
        after = found[-1]
        for record in ledger.unknown(about.name, [one.hex for one in found]):
            place = f"{about.name} {uuid.UUID(record)}"
            why = f"{place} was inserted past the program: no event tells of it"
            yield Break(chain_id, 0, why, Kind.RECORD_UNKNOWN, place)
