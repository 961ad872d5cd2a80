"""This file is about a signature drawn on a screen: strokes as numbers, never a picture file."""

import json
import math
from itertools import pairwise

WIDTH, HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS = 200, 4000
SHORTEST = 60  # below it somebody only touched the screen
EMPTY = "Draw the signature, or type the name."
UNREADABLE = "The drawing did not arrive whole. Draw it once more, or type the name."

Strokes = tuple[tuple[tuple[int, int], ...], ...]


class NotDrawn(ValueError):
    """What was sent is no signature; the message is a sentence for whoever signs."""


def strokes_of(text: str) -> Strokes:
    """The strokes in `[[x, y, x, y], …]`, inside WIDTH x HEIGHT. Raises NotDrawn."""
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotDrawn(UNREADABLE) from error
    if not isinstance(sent, list) or not all(is_stroke(one) for one in sent):
        raise NotDrawn(UNREADABLE)
    strokes = tuple(tuple(zip(one[::2], one[1::2], strict=True)) for one in sent)
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise NotDrawn(UNREADABLE)
    if length_of(strokes) < SHORTEST:
        raise NotDrawn(EMPTY)
    return strokes


def is_stroke(one: object) -> bool:
    """Whether it is a list of pairs of whole numbers on the field."""
    if not isinstance(one, list) or not one or len(one) % 2:
        return False
    if not all(type(number) is int for number in one):
        return False
    return all(0 <= x <= WIDTH for x in one[::2]) and all(0 <= y <= HEIGHT for y in one[1::2])


def length_of(strokes: Strokes) -> float:
    """How long all strokes are together, in the units of the field."""
    return sum(math.dist(a, b) for one in strokes for a, b in pairwise(one))


def written(strokes: Strokes) -> list[list[int]]:
    """Strokes as they are stored beside the text that was signed."""
    return [[number for point in one for number in point] for one in strokes]


def path_of(stored: list[list[int]]) -> str:
    """Stored strokes as the path of a drawing."""
    lines = []
    for one in stored:
        points = [f"{x} {y}" for x, y in zip(one[::2], one[1::2], strict=True)]
        lines.append("M" + " L".join(points if points[1:] else points * 2))
    return " ".join(lines)
