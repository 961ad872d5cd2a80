"""This file is about answers to rating scales: items that add up to the total of a story."""

from dataclasses import dataclass
from math import ceil

STANDARD, DAY = "standard", "24-hours"
MADRS, EPDS, PHQ, CGI, SCREEN = "MADRS", "EPDS", "PHQ9", "CGII", "CSSRS_SCREEN_SLC"
# scale -> (its items without the one about self-harm, the highest score of each).
SHAPES = {MADRS: (9, 6), EPDS: (9, 3), PHQ: (8, 3)}
SPREAD = 7  # has no divisor in common with 8 and 9: a remainder falls on each item in turn
NEGATIVE = {"1": 0, "2": 0, "6": 0}  # items 3 to 5 follow only upon a yes
STEPS_OF_FALL = ((75, 1), (50, 2), (25, 3), (-10, 4))  # per cent at least -> CGI-I
WORSE = 5


@dataclass(frozen=True)
class Use:
    """One use of a scale: its form, its total, and of that the answer about self-harm."""

    scale: str
    form: str
    total: int
    harm: int = 0


def items_of(use: Use) -> dict[str, int]:
    """Item -> score; self-harm is the last item that counts."""
    if use.scale == SCREEN:
        return dict(NEGATIVE)
    if use.scale == CGI:
        return {"1": use.total}
    count, highest = SHAPES[use.scale]
    each, over = divmod(use.total - use.harm, count)
    scores = [each + ((n * SPREAD + use.total) % count < over) for n in range(count)]
    scores = [*tilted(scores, highest), use.harm]
    if use.scale == PHQ:
        scores.append(min(3, ceil(use.total / 8)))  # how hard it makes life; not in the total
    return {str(number): score for number, score in enumerate(scores, 1)}


def tilted(scores: list[int], highest: int) -> list[int]:
    """The same total, less even: of two neighbours one gives a point to the other."""
    found = list(scores)
    for n in range(0, len(found) - 1, 3):
        if found[n] < highest and found[n + 1] > 0:
            found[n], found[n + 1] = found[n] + 1, found[n + 1] - 1
    return found


def impression(before: int, after: int) -> int:
    """CGI-I from a fall of MADRS, as a rater of a story would say it."""
    fall = 100 * (before - after) / before
    return next((score for least, score in STEPS_OF_FALL if fall >= least), WORSE)


def besides(madrs: int) -> tuple[int, int]:
    """EPDS and PHQ-9 of a woman with this MADRS, in a story."""
    return min(27, round(madrs * 0.68)), min(24, round(madrs * 0.6))
