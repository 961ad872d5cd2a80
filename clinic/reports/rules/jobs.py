"""This file is about the life of a file that a worker makes: how it stands, for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=60)  # a worker that said nothing for so long is gone
TELL_EVERY = timedelta(seconds=1)
MOST_TRIES = 5


class JobState(StrEnum):
    """How a file stands."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DELETED = "deleted"


UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class Standing:
    """A file that is being made, in words."""

    state: JobState
    tries: int
    done: int
    total: int
    lease_ends_at: datetime | None

    @property
    def word(self) -> str:
        """The code of its state among the words of the pages."""
        return "preparing" if self.state in UNDER_WAY else self.state.value

    @property
    def percent(self) -> int:
        """How far it is, 0 to 99: only a file that can be taken is whole."""
        return min(99, self.done * 100 // self.total) if self.total else 0

    def words(self, title: str, now: datetime) -> str:
        """`Preparing XLSX, 64 %`."""
        if self.state is JobState.QUEUED:
            return f"{title} waits for its turn"
        if self.lease_ends_at is not None and self.lease_ends_at < now:
            return f"{title} was interrupted and is taken up again"
        again = ", taken up again" if self.tries > 1 else ""
        return f"Preparing {title}{again}, {self.percent} %"


def fault_words(done: int, total: int, why: str) -> str:
    """What became of a file that could not be made."""
    where = f"Stopped at {done} of {total}" if total else "Stopped"
    return f"{where}: {why}. Nothing was saved."


def size_words(size: int) -> str:
    """`412 KB`, `1.2 MB`; below a thousand, bytes."""
    shown, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if shown < 1000:
            break
        shown, unit = shown / 1000, larger
    return f"{shown:.1f} {unit}" if unit != "B" and shown < 10 else f"{shown:.0f} {unit}"
