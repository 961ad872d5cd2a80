"""This file is about where words find room: the number of a session on its line, values at dots.

Straight lines are followed here to place a mark, never to say a value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clinic.review.charts.overlay.axes import Across, Upwards
from clinic.review.rules.overlay import Line

WIDTH = 640  # pixels for which places are chosen; the page may be wider or narrower
APART, LABEL = 21, 30  # pixels between two tags, between two values
BESIDE = 13  # from a dot to its value
BELOW = ("moaas",)  # signs whose values are written below their dots
CLEAR = 10  # between a tag and the line in front
FAR = 30  # beyond it, farther away is no better
Place = tuple[float, float]


@dataclass(frozen=True)
class Field:
    """A panel in pixels."""

    across: Across
    upwards: Upwards
    height: int

    def at(self, minute: float, value: float) -> Place:
        """A place in pixels."""
        share = (self.upwards.high - value) / (self.upwards.high - self.upwards.low)
        return self.across.pixels(minute, WIDTH), share * self.height


def tags(
    lines: Sequence[Line], front: Line, field: Field, written: Sequence[int] = ()
) -> list[dict[str, float]]:
    """For each line a place on it that is far from the others; none where none is free.

    A line that runs under the one in front gets none. `written`: minutes at which that one has its
    value beside it.
    """
    found: list[dict[str, float]] = []
    words = list(words_of(front, field, written))
    for line in lines:
        others = [one for one in (*lines, front) if one is not line]
        free = [
            (distance(place, others, field), -place[0], place)
            for place in candidates(line, field.upwards)
            if distance(place, [front], field) >= CLEAR
            and all(apart(field, place, taken) for taken in (*found, *words))
        ]
        if free:
            _, _, (minute, value) = max(free)
            found.append({"session": line.number, "minute": minute, "value": value})
    return found


def words_of(front: Line, field: Field, written: Sequence[int]) -> Iterator[dict[str, float]]:
    """Where the values of the line in front are written: above it, of sedation below it."""
    upwards = field.upwards
    up = BESIDE * (upwards.high - upwards.low) / field.height
    for one in front.values[upwards.sign]:
        number = upwards.of(one)
        if one.minute in written and number is not None:
            beside = number - up if upwards.sign in BELOW else number + up
            yield {"minute": one.minute, "value": beside}


def candidates(line: Line, upwards: Upwards) -> Iterator[Place]:
    """Three places between each two readings after the dose."""
    for one, two in pairwise(line.values[upwards.sign]):
        start, end = upwards.of(one), upwards.of(two)
        if one.minute >= 0 and start is not None and end is not None:
            for quarter in (1, 2, 3):
                share = quarter / 4
                minute = one.minute + (two.minute - one.minute) * share
                yield round(minute, 1), round(start + (end - start) * share, 1)


def apart(field: Field, place: Place, tag: dict[str, float]) -> bool:
    """Whether a place is far enough from a tag."""
    (x, y), (x2, y2) = field.at(*place), field.at(tag["minute"], tag["value"])
    return (x - x2) ** 2 + (y - y2) ** 2 >= APART**2


def distance(place: Place, others: Sequence[Line], field: Field) -> float:
    """Pixels up or down to the nearest of the other lines."""
    minute, value = place
    _, y = field.at(minute, value)
    found = [
        abs(y - field.at(minute, there)[1])
        for line in others
        if (there := height_at(line, field.upwards, minute)) is not None
    ]
    return min([*found, FAR])


def height_at(line: Line, upwards: Upwards, minute: float) -> float | None:
    """Where a line is at a minute; None beyond its ends and in a gap."""
    for one, two in pairwise(line.values[upwards.sign]):
        start, end = upwards.of(one), upwards.of(two)
        if one.minute <= minute <= two.minute and start is not None and end is not None:
            share = (minute - one.minute) / max(two.minute - one.minute, 1)
            return start + (end - start) * share
    return None


def labelled(front: Line, field: Field, *, worst: int | None) -> list[int]:
    """Minutes at which a value is written: all of the worst, then where there is room.

    A score that never changed is not written.
    """
    known = [(v.minute, field.upwards.of(v)) for v in front.values[field.upwards.sign]]
    drawn = [(minute, number) for minute, number in known if number is not None]
    chosen = [minute for minute, number in drawn if minute > 0 and number == worst]
    if field.upwards.is_scale:
        return chosen if len({number for _, number in drawn}) > 1 else []
    ends = [drawn[0][0], drawn[-1][0]] if drawn else []
    for minute in [*ends, *(minute for minute, _ in drawn)]:
        x = field.across.pixels(minute, WIDTH)
        if all(abs(x - field.across.pixels(other, WIDTH)) >= LABEL for other in chosen):
            chosen.append(minute)
    return chosen
