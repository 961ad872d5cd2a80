"""This file is about time in tests: it stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


class Clock:
    """The application's clock: set `now`, or `advance` it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Move on: `clock.advance(minutes=35)`. Returns the new moment."""
        self.now += timedelta(**duration)
        return self.now
