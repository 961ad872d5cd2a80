"""This file is about what administrators see of a period: counts, never a single event (D8.8)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.log import Answer

ON_SITE = "prescriber-on-site"
SMALL = 5  # persons or events; the usual limit of disclosure control, proposed [P]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Figure:
    """A count among `of`. A small one is not shown, so that nobody is known by it."""

    code: str
    text: str
    count: int
    of: int | None = None

    @property
    def shown(self) -> str:
        """`0`, `fewer than 5`, `12`."""
        return f"fewer than {SMALL}" if 0 < self.count < SMALL else str(self.count)

    @property
    def among(self) -> str:
        """`of 31`, or nothing where that says nothing, or too much."""
        return f"of {self.of}" if self.of is not None and self.of >= SMALL else ""


@dataclass
class Tally:
    """What was counted so far, session by session; only sessions with a dose (D7.8)."""

    doses: int = 0
    unaccounted: int = 0
    not_worked_out: int = 0
    nobody_on_site: int = 0
    orders: int = 0
    open_orders: int = 0
    serious: int = 0
    spans: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))

    def add(self, session: SessionRecord) -> None:
        """Count one session."""
        state = session.state
        self.orders += len(state.orders)
        self.open_orders += len(state.open_orders)
        self.serious += sum(effect.serious for effect in state.side_effects)
        if state.clock.t0 is None:
            return
        self.doses += 1
        differences = [line.difference for line in state.supplies]
        self.unaccounted += any(differences)
        self.not_worked_out += None in differences
        self.nobody_on_site += lacks_prescriber(state)
        if state.responsible_id is not None:
            span = state.clock.t0, state.clock.left_at or state.now
            self.spans[state.responsible_id].append(span)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is shown, in its order."""
        at_once = max(map(most_at_once, self.spans.values()), default=0)
        among_doses = (
            ("unaccounted", "Sessions with a device or vial not accounted for", self.unaccounted),
            (
                "not-worked-out",
                "Sessions in which that cannot be worked out yet",
                self.not_worked_out,
            ),
            (
                "nobody-on-site",
                "Sessions without a prescriber on site by name",
                self.nobody_on_site,
            ),
        )
        return (
            *(Figure(*words, self.doses) for words in among_doses),
            Figure(
                "open-orders",
                "Orders by phone or on paper, not countersigned",
                self.open_orders,
                self.orders,
            ),
            Figure("serious", "Serious events", self.serious),
            Ratio("at-once", "Most women that one person answered for at once", at_once),
        )


@dataclass(frozen=True)
class Ratio(Figure):
    """A figure of staff: it tells of no patient, so it is shown whatever it is."""

    @property
    def shown(self) -> str:
        """`2`."""
        return str(self.count)


def tally(parts: Iterable[Sequence[SessionRecord]]) -> Tally:
    """What a period comes to, one part after the other."""
    found = Tally()
    for part in parts:
        for session in part:
            found.add(session)
    return found


def lacks_prescriber(state: SessionState) -> bool:
    """Whether the protocol asks for a prescriber on site, and the answer is not yes."""
    asked = [item for item in state.pre_dose_items if item.code == ON_SITE]
    return any(item.answer is not Answer.YES for item in asked)


def most_at_once(spans: Sequence[Span]) -> int:
    """The highest number that overlap; one that ends as another begins does not."""
    edges = sorted([(end, -1) for _, end in spans] + [(start, 1) for start, _ in spans])
    running, most = 0, 0
    for _, step in edges:
        running += step
        most = max(most, running)
    return most
