"""This file is about what needs somebody now, over all sessions: the cards on top of the board."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic.instruments.queries import Unreviewed
from clinic.sessions.queries.board import BoardRow
from clinic.sessions.rules.results import Alert

ORDER = ("emergency", "alert", "safety", "silent", "offered", "late")


@dataclass(frozen=True)
class Need:
    """One thing that goes only once it is done. `kind` is one of ORDER; `since`: how long."""

    kind: str
    since: datetime
    row: BoardRow | None = None
    alert: Alert | None = None
    safety: Unreviewed | None = None

    @property
    def key(self) -> str:
        """An id for the page."""
        about = self.alert.key if self.alert else self.safety and self.safety.use.response.id
        return f"{self.kind}-{about or (self.row and self.row.session.id)}".replace(".", "-")

    @property
    def order(self) -> tuple[int, datetime]:
        return ORDER.index(self.kind), self.since


def needs_of(
    rows: Iterable[BoardRow], waiting: Iterable[Unreviewed], person_id: uuid.UUID
) -> list[Need]:
    """Emergencies, then open alerts by age, safety answers, silent tablets, what is offered to this
    person, what is overdue. Alerts of others stay, whatever the list below is narrowed to."""
    found = [need for row in rows for need in of_row(row, person_id)]
    found += [Need("safety", one.since, safety=one) for one in waiting]
    return sorted(found, key=lambda need: need.order)


def of_row(row: BoardRow, person_id: uuid.UUID) -> Iterator[Need]:
    """What one session needs."""
    state = row.state
    if state.emergency:
        yield Need("emergency", state.emergency.since, row)
    for alert in row.alerts:
        yield Need("alert", alert.opened_at, row, alert)
    if row.silent_since:
        yield Need("silent", row.silent_since, row)
    if state.handover_offered_to == person_id:
        yield Need("offered", state.now, row)
    if state.next_due and state.next_due.overdue:
        yield Need("late", state.next_due.due_at, row)
