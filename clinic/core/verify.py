"""This file is about proving that the trail is whole: it names the first break of each chain."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from clinic.core.audit import FIRST, AuditEvent, ClinicHead, link, row_of


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


def walk(connection: Connection, chain_id: uuid.UUID, head: Chain | None) -> Chain | Break:
    """One chain, event by event."""
    events = select(AuditEvent.__table__).where(AuditEvent.chain_id == chain_id)
    in_order = events.order_by(AuditEvent.seq).execution_options(yield_per=1000)
    seq, previous = 0, FIRST
    with connection.execute(in_order) as rows:
        for row in rows:
            seq += 1
            if why := fault(row, chain_id, seq, previous):
                return Break(chain_id, seq, why)
            previous = row.hash
    if head is None or (head.events, head.hash) != (seq, previous):
        return Break(chain_id, seq + 1, "events are missing at the end, or the head was altered")
    return head


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
