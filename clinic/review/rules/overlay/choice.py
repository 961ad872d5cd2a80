"""This file is about which sessions lie over each other, which is in front, which are a range."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from clinic.review.rules.overlay.lines import Given, Line, lines_of
from clinic.review.rules.record import CourseRecord

MOST, LATEST = 8, 6  # lines that an eye can tell apart; of more, so many stay lines


@dataclass(frozen=True)
class Overlay:
    """Sessions of one drug and route, by T0. `behind`: thin lines, `rest`: drawn as one range.

    `others`: the newest session of each other drug or route, which is never drawn with these.
    """

    lines: tuple[Line, ...]
    front: Line
    behind: tuple[Line, ...]
    rest: tuple[Line, ...]
    others: tuple[Line, ...]

    @property
    def earlier(self) -> tuple[Line, ...]:
        """The sessions before the one in front."""
        return tuple(line for line in self.lines if line.at < self.front.at)

    @property
    def comparable(self) -> tuple[Line, ...]:
        """Those of the same dose before it; a dose that is not known is like no other."""
        same = self.front.same_dose
        return tuple(one for one in self.earlier if same is not None and one.same_dose == same)


@dataclass(frozen=True)
class Span:
    """The lowest and the highest value of several sessions in one slot."""

    minute: int
    low: int
    high: int
    count: int


def overlay_of(record: CourseRecord, number: int | None = None) -> Overlay | None:
    """The session of that number in front, else the newest; None before the first dose."""
    everything = lines_of(record)
    if not everything:
        return None
    front = next((line for line in everything if line.number == number), everything[-1])
    lines = [line for line in everything if line.given == front.given]
    drawn = lines if len(lines) <= MOST else lines[-LATEST:]
    newest: dict[Given, Line] = {line.given: line for line in everything}
    return Overlay(
        lines=tuple(lines),
        front=front,
        behind=tuple(line for line in drawn if line is not front),
        rest=tuple(line for line in lines if line not in drawn and line is not front),
        others=tuple(line for given, line in newest.items() if given != front.given),
    )


def range_of(lines: Sequence[Line], sign: str, *, change: bool = False) -> list[Span]:
    """Lowest and highest of what was found in each slot; nothing is estimated between them.

    A slot stands at the middle of the minutes at which it was filled.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        for one in line.values[sign]:
            number = one.change if change else one.value
            if number is not None:
                for slot in one.slots:
                    found.setdefault(slot, []).append((one.minute, number))
    spans = [
        Span(
            minute=median_low(minute for minute, _ in values),
            low=min(value for _, value in values),
            high=max(value for _, value in values),
            count=len(values),
        )
        for values in found.values()
    ]
    return sorted(spans, key=lambda span: span.minute)
