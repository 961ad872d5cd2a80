"""This file is about faults in what a score is said to mean."""

from collections.abc import Iterator
from itertools import pairwise

from clinic.instruments.rules.checks.named import Parts, known, numbers_of, once, scores_by_item
from clinic.instruments.rules.codes import Direction, ResponseKind
from clinic.instruments.rules.parts import BandSet, Range, ResponseRule
from clinic.notation.rules.parsing import Fault


def check_meaning(parts: Parts) -> Iterator[Fault]:
    """Faults of bands, cut-offs, safety rules, response and remission."""
    for check in (_bands, _cut_offs, _safety, _outcome):
        yield from check(parts)


def _range_of(parts: Parts) -> Range | None:
    scoring = parts.get("scoring")
    return None if scoring is None else scoring.range


def _bands(parts: Parts) -> Iterator[Fault]:
    span, sets = _range_of(parts), parts.get("band_sets", ())
    yield from once("band_sets", "code", (bands.code for bands in sets))
    for number, bands in enumerate(sets, 1):
        path = f"band_sets.{number}.bands"
        if span is None or not bands.bands:
            yield path, "need a total, and at least one band."
        else:
            yield from _one_set(path, bands, span)


def _one_set(path: str, bands: BandSet, span: Range) -> Iterator[Fault]:
    if bands.bands[0].lower != span.lowest:
        yield f"{path}.1.from", f"must be the lowest total, {span.lowest}."
    for number, (before, band) in enumerate(pairwise(bands.bands), 2):
        if band.lower <= before.lower:
            yield f"{path}.{number}.from", f"must be above the band before, {before.lower}."
        if band.lower > span.highest:
            yield f"{path}.{number}.from", f"is never reached: the highest is {span.highest}."


def _cut_offs(parts: Parts) -> Iterator[Fault]:
    span = _range_of(parts)
    for number, cut in enumerate(parts.get("cut_offs", ()), 1):
        path = f"cut_offs.{number}.at_least"
        if span is None:
            yield path, "needs a total."
        elif not span.lowest < cut.at_least <= span.highest:
            yield path, f"must lie above {span.lowest}, up to {span.highest}."


def _safety(parts: Parts) -> Iterator[Fault]:
    numbers, scores = numbers_of(parts), scores_by_item(parts)
    for number, rule in enumerate(parts.get("safety", ()), 1):
        path = f"safety.{number}"
        yield from known(f"{path}.item", (rule.item,), numbers)
        if rule.item in scores and rule.at_least not in scores[rule.item]:
            yield f"{path}.at_least", f"{rule.at_least} is no score of item {rule.item}."
        if rule.at_least <= 0:
            yield f"{path}.at_least", "must be above 0, which says that there is nothing."


def _outcome(parts: Parts) -> Iterator[Fault]:
    span, rules = _range_of(parts), parts.get("response", ())
    yield from once("response", "code", (rule.code for rule in rules))
    yield from once("remission", "code", (rule.code for rule in parts.get("remission", ())))
    falls = span is not None and span.lowest == 0
    for number, rule in enumerate(rules, 1):
        yield from _response(f"response.{number}", rule, counts_from_zero=falls)
    for number, rule in enumerate(parts.get("remission", ()), 1):
        if span is not None and not span.lowest <= rule.at_most < span.highest:
            where = f"remission.{number}.at_most"
            yield where, f"must lie from {span.lowest}, below {span.highest}."
    falling = rules or parts.get("remission")
    if falling and parts.get("direction") not in (Direction.HIGHER_WORSE, None):
        yield "direction", "response and remission are falls: they need higher-worse."


def _response(path: str, rule: ResponseRule, *, counts_from_zero: bool) -> Iterator[Fault]:
    percent = rule.kind is ResponseKind.FALL_PERCENT
    if percent and not counts_from_zero:
        yield f"{path}.kind", "a percentage needs a total that begins at 0."
    if percent and not 0 < rule.value <= 100:
        yield f"{path}.value", "must be a percentage from 1 to 100."
    if not percent and rule.partial is not None:
        yield f"{path}.partial", "belongs to a percentage, and only there. Else write null."
    elif rule.partial is not None and not 0 < rule.partial < rule.value:
        yield f"{path}.partial", f"must lie below {rule.value}."
