"""This package is about proving that the trail, and what it tells of, is as it was written.

`verify` walks every chain alone. `examine` also compares each record with its newest events, both
ways, and each signed document with its signature. `check_of_own` does the same for the newest
events of the clinic somebody acts for, and is what a page shows: see `Checked`. `last_check` of
the accounts reads what the newest check of either kind left in the trail (`Checked.detail`).
Memory is bounded however long a chain is.
"""

import uuid
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from clinic.core.acting import Acting, act_as, acting
from clinic.core.audit import FIRST
from clinic.core.db import apart
from clinic.core.verify.anchors import Anchor, anchors_of, keep, read_anchors
from clinic.core.verify.documents import broken_signatures
from clinic.core.verify.findings import Break, Chain, Checked, Kind
from clinic.core.verify.ledger import Ledger, spelled
from clinic.core.verify.records import Reader, compare, strangers
from clinic.core.verify.walking import breaks, chain_ids, chains, unmoved, walk

__all__ = [
    "Anchor",
    "Break",
    "Chain",
    "Checked",
    "Kind",
    "anchors_of",
    "chains",
    "check_of_own",
    "examine",
    "keep",
    "read_anchors",
    "spelled",
    "unmoved",
    "verify",
    "walk",
]

MOST = 50  # breaks that are named of a chain, and of the records under it
NOBODY = uuid.UUID(int=0)


def verify(connection: Connection) -> Iterator[Chain | Break]:
    """Walk every chain from its first event: a Chain for each that holds, else its first Break."""
    heads = {chain.chain_id: chain for chain in chains(connection)}
    for chain_id in chain_ids(connection, heads):
        yield walk(connection, chain_id, heads.get(chain_id))


def examine(
    connection: Connection, anchors: tuple[Anchor, ...] = (), *, records: bool = True
) -> Iterator[Checked]:
    """Each chain from its first event, then what belongs to no clinic: all that does not hold.

    connection: of a transaction apart(); nobody may be acting. An anchor of a chain that is gone
    altogether is a break too. records: whether rows and signatures are compared too.
    """
    heads = {chain.chain_id: chain for chain in chains(connection)}
    with closing(Ledger()) as shared:
        imported = False
        kept = {one.chain_id for one in anchors}
        for chain_id in sorted({*chain_ids(connection, heads), *kept}):
            head, counted = heads.get(chain_id), Counter[str]()
            with closing(Ledger()) as own:
                reader = Reader(own, shared)
                see = reader.see if records else None
                found = breaks(connection, chain_id, head, anchors=anchors, see=see)
                named = list(islice(found, MOST))
                # To its end all the same: else the records of the rest would seem to be strangers.
                deque(found, maxlen=0)
                if records:
                    named += islice(beneath(connection, chain_id, reader, counted), MOST)
            imported |= reader.imported
            yield Checked(head or Chain(chain_id, 0, FIRST), 1, counted.total(), tuple(named))
        if records:
            yield of_no_clinic(connection, shared, imported=imported)


def beneath(
    connection: Connection, chain_id: uuid.UUID, reader: Reader, counted: Counter[str]
) -> Iterator[Break]:
    """What does not hold among the records and signatures of a clinic."""
    with act_as(Acting(NOBODY, chain_id, ZoneInfo("UTC"))):
        for about in reader.classes.values():
            if about.owned:
                yield from compare(connection, chain_id, about, reader.own, counted)
                yield from strangers(connection, chain_id, about, reader.own)
        yield from broken_signatures(connection, chain_id)


def of_no_clinic(connection: Connection, shared: Ledger, *, imported: bool) -> Checked:
    """What does not hold among people, places and tablets, whose events lie in several chains."""
    counted = Counter[str]()
    reader = Reader(shared, shared)

    def found() -> Iterator[Break]:
        for about in reader.classes.values():
            if not about.owned:
                yield from compare(connection, NOBODY, about, shared, counted)
                if not imported:
                    yield from strangers(connection, NOBODY, about, shared)

    named = tuple(islice(found(), MOST))
    return Checked(Chain(NOBODY, 0, FIRST), 0, counted.total(), named)


def check_of_own(most: int) -> Checked:
    """The newest events of the acting clinic's chain, what they tell of, and every signature.

    most: events. Reads apart, so that nobody waits meanwhile; call it before the main transaction
    begins, and give `Checked.detail()` to the trail.
    """
    chain_id = acting().clinic_id
    with apart(write=False) as session:
        connection = session.connection(execution_options=unmoved(session))
        head = next((one for one in chains(connection) if one.chain_id == chain_id), None)
        counted = Counter[str]()
        first = max((head.events if head else 0) - most, 0) + 1
        with closing(Ledger()) as own, closing(Ledger()) as shared:
            reader = Reader(own, shared)
            found = breaks(connection, chain_id, head, first=first, see=reader.see)
            named = list(islice(found, MOST))
            for about in reader.classes.values():
                if about.owned:
                    named += islice(compare(connection, chain_id, about, own, counted), MOST)
            named += islice(broken_signatures(connection, chain_id), MOST)
    return Checked(head or Chain(chain_id, 0, FIRST), first, counted.total(), tuple(named))
