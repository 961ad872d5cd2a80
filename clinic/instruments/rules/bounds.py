"""This file is about the lowest and the highest total that a sum can have."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from clinic.instruments.rules.codes import Operator
from clinic.instruments.rules.parts import Scoring, Term

Unit = tuple[str, ...]
"""Items of which one is answered: mostly a single item, sometimes an either-or."""


def units(items: Iterable[str], either: Iterable[tuple[str, ...]]) -> list[Unit]:
    """The items in order, those of one either-or together."""
    group = {item: tuple(members) for members in either for item in members}
    return list(dict.fromkeys(group.get(item, (item,)) for item in items))


def bounds(
    scoring: Scoring, scores: Mapping[str, Collection[int]], without: Collection[str] = ()
) -> tuple[int, int]:
    """Lowest and highest total; `scores` of each item; `without` items that do not apply."""
    pairs = [_term_bounds(term, scoring, scores, without) for term in scoring.terms]
    return sum(low for low, _ in pairs), sum(high for _, high in pairs)


def _term_bounds(
    term: Term,
    scoring: Scoring,
    scores: Mapping[str, Collection[int]],
    without: Collection[str],
) -> tuple[int, int]:
    spans = list(_spans(units(term.items, scoring.either), scores, without))
    combine = sum if term.operator is Operator.EACH else _most
    return combine(low for low, _ in spans), combine(high for _, high in spans)


def _spans(
    parts: Iterable[Unit], scores: Mapping[str, Collection[int]], without: Collection[str]
) -> Iterator[tuple[int, int]]:
    for unit in parts:
        every = [score for item in unit if item not in without for score in scores[item]]
        if every:
            yield min(every), max(every)


def _most(values: Iterable[int]) -> int:
    return max(values, default=0)
