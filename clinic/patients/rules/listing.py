"""This file is about what stands in the list of patients: cells that later rooms fill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pill:
    """A status: words, tone and icon of the components."""

    words: str
    tone: str = "neutral"
    icon: str | None = None


@dataclass(frozen=True)
class Spark:
    """A line of the last totals of a scale, and how it is said.

    `points`: `x,y` pairs of the small chart; `limit_y`: its dashed line, None for none.
    """

    points: str
    last: tuple[float, float]
    limit_y: float | None
    words: str


@dataclass(frozen=True)
class Cell:
    """One cell: words, pills, the four-step bar (done, on or empty for each step), a line."""

    words: str = ""
    pills: tuple[Pill, ...] = ()
    steps: tuple[str, ...] = ()
    spark: Spark | None = None


WIDTH, HEIGHT, MARGIN = 90, 28, 4


def spark(totals: list[int], limit: int | None, maximum: int, words: str) -> Spark:
    """A line over the last totals, oldest first; `maximum`: the highest total there is."""
    tall, wide = HEIGHT - 2 * MARGIN, WIDTH - 2 * MARGIN
    step = wide / max(len(totals) - 1, 1)
    found = [
        (round(MARGIN + n * step, 1), height(total, maximum, tall))
        for n, total in enumerate(totals)
    ]
    points = " ".join(f"{x:g},{y:g}" for x, y in found)
    return Spark(points, found[-1], None if limit is None else height(limit, maximum, tall), words)


def height(total: int, maximum: int, tall: int) -> float:
    """Where a total stands; 0 at the foot."""
    return round(MARGIN + tall * (1 - min(total, maximum) / maximum), 1)
