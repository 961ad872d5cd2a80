"""This file is about walking a chain, event by event, and naming where it was touched."""

import json
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from clinic.core.audit import FIRST, AuditEvent, ClinicHead, link, row_of
from clinic.core.db import Base
from clinic.core.tenancy import NO_CLINIC, naming
from clinic.core.verify.anchors import Anchor
from clinic.core.verify.findings import Break, Chain, Kind

Body = dict[str, Any]
See = Callable[[Body], None]
EVENTS = 1000  # events in memory at a time


def whose(connection: Connection) -> list[uuid.UUID]:
    """Everybody who may have a chain: each clinic, and what belongs to none.

    The database shows the chain of the clinic that is named, so each is named in its turn.
    """
    clinics = connection.scalars(select(Base.metadata.tables["clinic"].c.id))
    return sorted({NO_CLINIC, *clinics, *connection.scalars(select(ClinicHead.id))})


def chains(connection: Connection) -> list[Chain]:
    """The newest hash of each chain, as its head row says."""
    found: list[Any] = []
    for chain_id in whose(connection):
        with naming(chain_id):
            head = select(ClinicHead.__table__).where(ClinicHead.id == chain_id)
            found += connection.execute(head).all()
    return [Chain(row.id, row.audit_seq, row.audit_hash) for row in found]


def chain_ids(connection: Connection, heads: Mapping[uuid.UUID, Chain]) -> list[uuid.UUID]:
    """Every chain that has a head or an event, in order."""
    found = heads.keys() | set(connection.scalars(select(AuditEvent.chain_id).distinct()))
    for chain_id in whose(connection):
        with naming(chain_id):
            events = select(AuditEvent.chain_id).where(AuditEvent.chain_id == chain_id)
            found |= set(connection.scalars(events.limit(1)))
    return sorted(found)


def unmoved(session: Session) -> dict[str, Any]:
    """Read head and events as of one moment; on SQLite every transaction does."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    return {} if sqlite else {"isolation_level": "REPEATABLE READ"}


def walk(
    connection: Connection, chain_id: uuid.UUID, head: Chain | None, *, first: int = 1
) -> Chain | Break:
    """One chain, event by event: it, or its first break."""
    with closing(breaks(connection, chain_id, head, first=first)) as found:
        broken = next(found, None)
    return broken or head or Chain(chain_id, 0, FIRST)


def breaks(
    connection: Connection,
    chain_id: uuid.UUID,
    head: Chain | None,
    *,
    first: int = 1,
    anchors: tuple[Anchor, ...] = (),
    see: See | None = None,
) -> Generator[Break]:
    """Every break of a chain; the hash before the first event looked at is believed.

    see: gets the body of each event, in order.
    """
    events = select(AuditEvent.__table__).where(
        AuditEvent.chain_id == chain_id, AuditEvent.seq >= first
    )
    in_order = events.order_by(AuditEvent.seq).execution_options(yield_per=EVENTS)
    with naming(chain_id):
        walker = Walker(connection, chain_id, first, anchors)
        with connection.execute(in_order) as rows:
            try:
                for row in rows:
                    body = content(row.body)
                    yield from walker.step(row, body)
                    if see and body:
                        see(body)
            except ValueError:  # a column holds what its type cannot be
                why = f"cannot be read, or one of the {EVENTS} after it"
                yield walker.found(Kind.EVENT_EDITED, walker.seq + 1, why)
                return
        yield from walker.end(head)


def content(text: str) -> Body:
    """The body of an event; nothing when it is none of ours."""
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) and isinstance(body.get("seq"), int) else {}


class Walker:
    """Where the walk stands. `previous`: the hash that the next event must follow; None: whichever.

    `shift`: by how many places events stand behind their own number, after one that was inserted
    (or, below zero, before it, after some that were taken out and the rest renumbered).
    """

    def __init__(
        self,
        connection: Connection,
        chain_id: uuid.UUID,
        first: int,
        anchors: tuple[Anchor, ...] = (),
    ) -> None:
        self.connection, self.chain_id = connection, chain_id
        self.seq, self.shift = first - 1, 0
        self.previous: str | None = self.hash_before(first)
        self.named: set[int] = set()
        self.anchors: dict[int, list[Anchor]] = {}
        for one in anchors:
            if one.chain_id == chain_id:
                self.anchors.setdefault(one.events, []).append(one)
        self.missed = False

    def hash_before(self, first: int) -> str:
        """The hash that an event must follow; nothing when the event before it is gone."""
        before = self.events().where(AuditEvent.seq == first - 1)
        found = None if first == 1 else self.connection.execute(before).first()
        return FIRST if first == 1 else found.hash if found else ""

    def events(self) -> Any:
        """The chain's events, to choose among."""
        return select(AuditEvent.__table__).where(AuditEvent.chain_id == self.chain_id)

    def found(self, kind: Kind, seq: int, why: str) -> Break:
        """A break of this chain."""
        return Break(self.chain_id, seq, why, kind)

    def step(self, row: Any, body: Body) -> Iterator[Break]:
        """What is wrong with the next event in its place."""
        if row.seq > self.seq + 1:
            yield self.found(Kind.EVENT_MISSING, self.seq + 1, gone(self.seq + 1, row.seq - 1))
            self.previous = None
        self.seq = row.seq
        if fault := self.fault(row, body):
            yield from fault
            self.previous = None
        else:
            self.previous = row.hash
        missed = [one for one in self.anchors.get(row.seq, ()) if one.hash != row.hash]
        if missed and not self.missed:
            self.missed = True
            why = f"is not the event of the anchor of {missed[0].at}: written anew, here or before"
            yield self.found(Kind.ANCHOR_MISSED, row.seq, why)

    def fault(self, row: Any, body: Body) -> list[Break]:
        """What is wrong with an event itself, or with where it stands."""
        if not body or row.hash != link(row.previous_hash, row.body):
            return [self.found(Kind.EVENT_EDITED, row.seq, "its content was altered")]
        if body["seq"] != row.seq - self.shift:
            return list(self.misplaced(row, body["seq"]))
        if self.previous not in (None, row.previous_hash):
            why = "does not follow the event before it: one of the two was altered"
            return [self.found(Kind.EVENT_EDITED, row.seq, why)]
        if not self.shift and not repeats(row, self.chain_id, body):
            why = "its columns differ from its content"
            return [self.found(Kind.EVENT_EDITED, row.seq, why)]
        return []

    def misplaced(self, row: Any, number: int) -> Iterator[Break]:
        """How an event that was not altered came to stand where it does."""
        place = row.seq - self.shift
        partner = self.connection.execute(
            self.events().where(AuditEvent.seq == number + self.shift)
        ).first()
        if number in self.named:
            return
        if partner and content(partner.body).get("seq") == place:
            self.named.add(place)
            why = f"was swapped with event {number + self.shift}"
            yield self.found(Kind.EVENTS_SWAPPED, row.seq, why)
        elif number == place - 1:
            self.shift += 1
            yield self.found(Kind.EVENT_INSERTED, row.seq - 1, "was inserted, or stands here twice")
        elif number > place:
            self.shift -= number - place
            why = f"{gone(place, number - 1)}; those after were renumbered"
            yield self.found(Kind.EVENT_MISSING, row.seq, why)
        else:
            why = f"was written as event {number} and moved here"
            yield self.found(Kind.EVENT_MOVED, row.seq, why)

    def end(self, head: Chain | None) -> Iterator[Break]:
        """What is wrong with the end of the chain."""
        last, kept = self.seq, max(self.anchors, default=0)
        if kept > last:
            when = self.anchors[kept][0].at
            why = f"{gone(last + 1, kept)} at the end; the anchor of {when} covers them"
            yield self.found(Kind.END_MISSING, last + 1, why)
        if head is None:
            if last:
                yield self.found(Kind.HEAD_ALTERED, last + 1, "the head of the chain is gone")
        elif head.events > last:
            why = f"{gone(last + 1, head.events)} at the end"
            yield self.found(Kind.END_MISSING, last + 1, why)
        elif head.events < last:
            why = "was inserted behind the end, or the head was altered"
            yield self.found(Kind.EVENT_INSERTED, head.events + 1, why)
        elif last and self.previous not in (None, head.hash):
            yield self.found(Kind.HEAD_ALTERED, last + 1, "the head of the chain was altered")


def gone(first: int, last: int) -> str:
    """Which events are not there."""
    return f"event {first} is missing" if first == last else f"events {first} to {last} are missing"


def repeats(row: Any, chain_id: uuid.UUID, body: Body) -> bool:
    """Whether the columns say what the body says."""
    try:
        expected = row_of(chain_id, row.seq, body, row.body, row.previous_hash)
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    return dict(row._mapping) == expected | {"hash": row.hash} and body.get("chain") == str(
        chain_id
    )
