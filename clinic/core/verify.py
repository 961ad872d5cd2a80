"""This file is about proving that the trail is whole: it names the first break of each chain."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from clinic.core.acting import acting
from clinic.core.audit import FIRST, AuditEvent, ClinicHead, link, row_of
from clinic.core.db import apart


@dataclass(frozen=True)
class Break:
    """The first event at which a chain does not hold."""

    chain_id: uuid.UUID
    seq: int
    why: str


@dataclass(frozen=True)
class Chain:
    """A chain that holds: how many events, and the newest hash."""

    chain_id: uuid.UUID
    events: int
    hash: str


def chains(connection: Connection) -> list[Chain]:
    """The newest hash of each chain, as its head row says."""
    rows = connection.execute(select(ClinicHead.__table__).order_by(ClinicHead.id))
    return [Chain(row.id, row.audit_seq, row.audit_hash) for row in rows]


def verify(connection: Connection) -> Iterator[Chain | Break]:
    """Walk every chain from its first event: a Chain for each that holds, else its first Break."""
    heads = {chain.chain_id: chain for chain in chains(connection)}
    walked = select(AuditEvent.chain_id).distinct()
    for chain_id in sorted(heads.keys() | set(connection.scalars(walked))):
        yield walk(connection, chain_id, heads.get(chain_id))


def newest_of_own(most: int) -> tuple[int, Chain | Break]:
    """Walk at most so many events at the end of the acting clinic's chain.

    Returns the number of the first event looked at, and what was found. Reads apart, so that
    nobody waits meanwhile; call it before the main transaction begins.
    """
    chain_id = acting().clinic_id
    with apart(write=False) as session:
        connection = session.connection(execution_options=unmoved(session))
        head = next((one for one in chains(connection) if one.chain_id == chain_id), None)
        first = max((head.events if head else 0) - most, 0) + 1
        return first, walk(connection, chain_id, head, first=first)


def unmoved(session: Session) -> dict[str, Any]:
    """Read head and events as of one moment; on SQLite every transaction does."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    return {} if sqlite else {"isolation_level": "REPEATABLE READ"}


def walk(
    connection: Connection, chain_id: uuid.UUID, head: Chain | None, *, first: int = 1
) -> Chain | Break:
    """One chain, event by event; the hash before the first one looked at is believed."""
    events = select(AuditEvent.__table__).where(
        AuditEvent.chain_id == chain_id, AuditEvent.seq >= first
    )
    in_order = events.order_by(AuditEvent.seq).execution_options(yield_per=1000)
    seq, previous = first - 1, hash_before(connection, chain_id, first)
    with connection.execute(in_order) as rows:
        for row in rows:
            seq += 1
            if why := fault(row, chain_id, seq, previous):
                return Break(chain_id, seq, why)
            previous = row.hash
    if head is None or (head.events, head.hash) != (seq, previous):
        return Break(chain_id, seq + 1, "events are missing at the end, or the head was altered")
    return head


def hash_before(connection: Connection, chain_id: uuid.UUID, first: int) -> str:
    """The hash that an event must follow; nothing when the event before it is gone."""
    before = select(AuditEvent.hash).where(
        AuditEvent.chain_id == chain_id, AuditEvent.seq == first - 1
    )
    return FIRST if first == 1 else connection.scalar(before) or ""


def fault(row: Any, chain_id: uuid.UUID, seq: int, previous: str) -> str:
    """What is wrong with an event in its place, or nothing."""
    if row.seq != seq:
        return f"event {seq} is missing"
    if row.previous_hash != previous:
        return "does not follow the event before it"
    if row.hash != link(previous, row.body):
        return "its content was altered"
    if dict(row._mapping) != row_of(chain_id, seq, json.loads(row.body), row.body, previous):
        return "its columns differ from its content"
    return ""
