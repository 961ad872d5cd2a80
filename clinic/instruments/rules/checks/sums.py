"""This file is about faults in how a total or a level comes about."""

from collections.abc import Iterator

from clinic.instruments.rules.bounds import bounds
from clinic.instruments.rules.checks.named import Parts, known, numbers_of, once, scores_by_item
from clinic.instruments.rules.codes import Method, MissingRule, Operator, TriageLevel
from clinic.instruments.rules.parts import Range, Scoring, Subscore, Term
from clinic.notation.rules.parsing import Fault


def check_sums(parts: Parts) -> Iterator[Fault]:
    """Faults of the method, the terms, the range, the subscores and the triage."""
    for check in (_method, _terms, _range, _subscores, _triage):
        yield from check(parts)


def _method(parts: Parts) -> Iterator[Fault]:
    needs = {
        "scoring": (Method.SUM, "Write scoring with a sum, else null."),
        "triage": (Method.TRIAGE, "Write triage with method triage, else []."),
        "trial_list": (Method.TRIAL_LIST, "Write trial_list with method trial-list, else null."),
    }
    for name, (method, what) in needs.items():
        if not {name, "method"} <= parts.keys():
            continue
        if bool(parts[name]) != (parts["method"] is method):
            yield name, f"does not fit method {parts['method']}. {what}"


def _terms(parts: Parts) -> Iterator[Fault]:
    scoring, numbers = parts.get("scoring"), numbers_of(parts)
    if scoring is None:
        return
    for number, term in enumerate(scoring.terms, 1):
        yield from known(f"scoring.terms.{number}.items", term.items, numbers)
    counted = [item for term in scoring.terms for item in term.items]
    for item in sorted({item for item in counted if counted.count(item) > 1}):
        yield "scoring.terms", f"item {item} is counted twice. Count it once."
    for number, pair in enumerate(scoring.either, 1):
        inside = any(set(pair) <= set(term.items) for term in scoring.terms)
        if len(pair) < 2 or not inside:
            yield f"scoring.either.{number}", "must be two or more items of one term."


def _range(parts: Parts) -> Iterator[Fault]:
    scoring, scores = parts.get("scoring"), scores_by_item(parts)
    if scoring is None or any(item not in scores for term in scoring.terms for item in term.items):
        return
    low, high = bounds(scoring, scores)
    if (low, high) != (scoring.range.lowest, scoring.range.highest):
        yield "scoring.range", f"the items give {low} to {high}. Correct one of them."


def _subscores(parts: Parts) -> Iterator[Fault]:
    numbers, scores = numbers_of(parts), scores_by_item(parts)
    subscores = parts.get("subscores", ())
    yield from once("subscores", "code", (subscore.code for subscore in subscores))
    for number, subscore in enumerate(subscores, 1):
        path = f"subscores.{number}"
        yield from known(f"{path}.items", subscore.items, numbers)
        if all(item in scores for item in subscore.items):
            yield from _subscore_range(path, subscore, scores)


def _subscore_range(
    path: str, subscore: Subscore, scores: dict[str, tuple[int, ...]]
) -> Iterator[Fault]:
    span = subscore.range
    low, high = bounds(sum_of(subscore.items, span), scores)
    if (low, high) != (span.lowest, span.highest):
        yield f"{path}.range", f"the items give {low} to {high}. Correct one of them."
    for number, cut in enumerate(subscore.cut_offs, 1):
        if not span.lowest < cut.at_least <= span.highest:
            yield f"{path}.cut_offs.{number}.at_least", f"must lie above {low}, up to {high}."


def sum_of(items: tuple[str, ...], span: Range) -> Scoring:
    """A plain sum of items, such as a subscore."""
    return Scoring(span, (Term(Operator.EACH, items),), (), MissingRule.ALL_REQUIRED, "")


def _triage(parts: Parts) -> Iterator[Fault]:
    before: TriageLevel | None = None
    for number, rule in enumerate(parts.get("triage", ()), 1):
        path = f"triage.{number}"
        yield from known(f"{path}.any_of", rule.any_of, numbers_of(parts))
        if rule.level is TriageLevel.NEGATIVE:
            yield f"{path}.level", "negative follows when no rule is met. Remove it."
        if before is not None and rule.level.rank >= before.rank:
            yield f"{path}.level", f"must be below the rule before, {before}."
        before = rule.level
