"""This file is about episodes: signals joined, taken up and closed as they became known (D4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clinic.protocols.rules import Level
from clinic.sessions.rules.log import Acknowledgement
from clinic.sessions.rules.replay import known_at
from clinic.sessions.rules.signals import Seen, Signal

BY_READING, BY_PERSON = "reading", "person"


@dataclass
class Episode:
    """One per sign and level; repeats join it (D4.1)."""

    sign: str
    level: Level
    signals: list[Signal]
    acknowledgements: list[Acknowledgement] = field(default_factory=list)
    closing: Seen | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    closed_how: str | None = None
    close_reason: str | None = None

    @property
    def first(self) -> Signal:
        return self.signals[0]

    @property
    def entry_ids(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(signal.entry_id for signal in self.signals))

    @property
    def key(self) -> str:
        """The first entry that was known keeps naming it, whatever is written down later."""
        return f"{self.sign}.{self.level.value}.{self.first.entry_id}"

    @property
    def last_true_at(self) -> datetime:
        return max(signal.taken_at for signal in self.signals)

    def is_named(self, key: str) -> bool:
        return key in {f"{self.sign}.{self.level.value}.{entry}" for entry in self.entry_ids}

    def join(self, signal: Signal) -> None:
        """What was in range before this was known closes nothing any more (D1.3)."""
        self.signals.append(signal)
        self.closing = None

    def try_to_close(self, at: datetime) -> None:
        """By a reading only when acknowledged; an emergency never (D4.2)."""
        if self.level is not Level.EMERGENCY and self.acknowledgements and self.closing:
            self.closed_at, self.closed_how = at, BY_READING
            self.closed_by = self.closing.reading.entry_id


def _is_repeat(episode: Episode, signal: Signal) -> bool:
    lower = signal.by_value and episode.level.rank < signal.level.rank
    return episode.level is signal.level or lower


Happening = tuple[datetime, int, datetime, UUID, "Signal | Seen | Acknowledgement"]


class Ledger:
    """Goes through what happened in the order in which it became known."""

    def __init__(self) -> None:
        self.episodes: list[Episode] = []
        self.waiting: list[Acknowledgement] = []

    def open_ones(self, sign: str) -> list[Episode]:
        return [e for e in self.episodes if e.sign == sign and e.closed_at is None]

    def signal(self, signal: Signal) -> None:
        joined = [e for e in self.open_ones(signal.sign) if _is_repeat(e, signal)]
        for episode in joined:
            episode.join(signal)
        if not any(episode.level is signal.level for episode in joined):
            self.episodes.append(Episode(signal.sign, signal.level, [signal]))
        for acknowledgement in self.waiting:
            self.acknowledge(acknowledgement, waiting=True)

    def value(self, seen: Seen, at: datetime) -> None:
        for episode in self.open_ones(seen.reading.sign):
            after = seen.taken_at > episode.last_true_at
            if after and seen.is_measured and not seen.raises_alert and not episode.closing:
                episode.closing = seen
                episode.try_to_close(at)

    def acknowledge(self, said: Acknowledgement, *, waiting: bool = False) -> None:
        named = [e for e in self.episodes if e.is_named(said.alert_key) and e.closed_at is None]
        if not named and not waiting:
            self.waiting.append(said)
        for episode in named[-1:]:
            if said in episode.acknowledgements:
                continue
            episode.acknowledgements.append(said)
            if said.closes:
                episode.closed_at, episode.closed_how = known_at(said), BY_PERSON
                episode.closed_by, episode.close_reason = said.author_id, said.reason
            else:
                episode.try_to_close(known_at(said))


def episodes_of(
    signals: Iterable[Signal], seen: Iterable[Seen], said: Iterable[Acknowledgement]
) -> list[Episode]:
    """All episodes, by the moment they were opened. A value comes before what is said about it
    in the same moment."""
    happened: list[Happening] = [
        *((s.known_at, 0, s.taken_at, s.entry_id, s) for s in signals),
        *((v.known_at, 1, v.taken_at, v.reading.entry_id, v) for v in seen),
        *((known_at(a), 2, a.effective_at, a.id, a) for a in said),
    ]
    ledger = Ledger()
    for at, _, _, _, one in sorted(happened, key=lambda event: (*event[:4], _rules(event[4]))):
        if isinstance(one, Signal):
            ledger.signal(one)
        elif isinstance(one, Seen):
            ledger.value(one, at)
        else:
            ledger.acknowledge(one)
    return ledger.episodes


def _rules(one: "Signal | Seen | Acknowledgement") -> tuple[str, ...]:
    """Two signals of one entry at one moment still need an order."""
    return (one.sign, *(f.rule for f in one.findings)) if isinstance(one, Signal) else ()
