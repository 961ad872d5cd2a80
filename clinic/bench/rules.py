"""This file is about what a measurement comes to, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timed:
    """Rows that were written in so many seconds."""

    rows: int
    seconds: float

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Measured:
    """An export beside the database's own dump of the same rows, in the same run.

    `expected`: observations that the database holds; `peak`: bytes that the worker held at most.
    """

    expected: int
    ours: Timed
    floor: Timed
    floor_name: str
    peak: int

    @property
    def whole(self) -> bool:
        """Whether each observation stands in the file, and in the dump."""
        return self.ours.rows == self.floor.rows == self.expected

    def lines(self) -> list[str]:
        """The figures, one a line."""
        share = self.ours.rate / self.floor.rate
        return [
            f"observations   {self.expected:>12,}",
            said("export", self.ours),
            said(self.floor_name, self.floor),
            f"ratio          {share:>12.4f}",
            f"peak memory    {self.peak / 2**20:>12.0f} MiB, of the worker",
            "every observation is in both" if self.whole else "VOID: rows are missing",
        ]


def said(name: str, timed: Timed) -> str:
    """`export 1,000,000 rows 400.0 s 2,500 rows/s`."""
    return f"{name:<14} {timed.rows:>12,} rows {timed.seconds:>8.1f} s {timed.rate:>12,.0f} rows/s"
