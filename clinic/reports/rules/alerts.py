"""This file is about alerts per rule: how often, taken up how soon, closed how (D4, D8.8)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

from clinic.notation.rules.spreadsheet import line
from clinic.reports.rules.figures import SMALL
from clinic.reports.rules.record import SessionRecord
from clinic.sessions.rules.episodes import BY_PERSON, BY_READING
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.results import Alert

HEADS = (
    "rule", "level", "alerts", "sessions", "acknowledged", "median_minutes_to_acknowledge",
    "expected_effect", "closed_by_reading", "closed_by_person", "raised_in_error", "open",
)  # fmt: skip


@dataclass
class RuleCount:
    """What one rule came to at one level. `minutes`: from the alert to the acknowledgement, of
    those that called; what was written down afterwards called nobody (definitions D1.3)."""

    rule: str
    level: str
    alerts: int = 0
    acknowledged: int = 0
    expected_effect: int = 0
    by_reading: int = 0
    by_person: int = 0
    in_error: int = 0
    still_open: int = 0
    sessions: set[UUID] = field(default_factory=set)
    minutes: list[int] = field(default_factory=list)

    def add(self, session_id: UUID, alert: Alert) -> None:
        """Count one alert; one in error is counted, and nothing else of it (D4.2)."""
        self.alerts += 1
        self.sessions.add(session_id)
        if alert.raised_in_error:
            self.in_error += 1
            return
        self.expected_effect += alert.expected_effect
        self.by_reading += alert.closed_how == BY_READING
        self.by_person += alert.closed_how == BY_PERSON
        self.still_open += alert.is_open
        if alert.acknowledged_at is not None:
            self.acknowledged += 1
            if not alert.silent:
                self.minutes.append(minutes_between(alert.opened_at, alert.acknowledged_at))

    @property
    def median_minutes(self) -> str:
        """Whole or half minutes; nothing for too few to say."""
        if len(self.minutes) < SMALL:
            return ""
        return f"{median(self.minutes):g}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row, as it is shown and written: a small count is not told (D8.8)."""
        counts = (self.alerts, len(self.sessions), self.acknowledged)
        rest = (
            self.expected_effect, self.by_reading, self.by_person, self.in_error, self.still_open,
        )  # fmt: skip
        told = [hidden(count) for count in counts]
        return (self.rule, self.level, *told, self.median_minutes, *map(hidden, rest))


def hidden(count: int) -> str:
    """`0`, `fewer than 5`, `12`."""
    return f"fewer than {SMALL}" if 0 < count < SMALL else str(count)


def count_alerts(parts: Iterable[Sequence[SessionRecord]]) -> tuple[RuleCount, ...]:
    """The rules of a period, those with most alerts first. An alert that several rules raised
    counts for each of them."""
    found: dict[tuple[str, str], RuleCount] = defaultdict(lambda: RuleCount("", ""))
    for session in (session for part in parts for session in part):
        for alert in session.state.alerts:
            for rule in alert.rules:
                count = found[rule, alert.level.value]
                count.rule, count.level = rule, alert.level.value
                count.add(session.id, alert)
    return tuple(sorted(found.values(), key=lambda one: (-one.alerts, one.rule, one.level)))


def as_csv(counts: Iterable[RuleCount]) -> Iterator[str]:
    """The same as a file."""
    yield line(HEADS)
    for one in counts:
        yield line(one.cells)
