"""This file is about faults in what is asked: items, options, printed forms, skipped items."""

from collections.abc import Iterator

from clinic.instruments.rules.checks.named import (
    Parts,
    known,
    numbers_of,
    once,
    scores_by_item,
)
from clinic.instruments.rules.codes import AnswersAre, Method, MomentCode, RecallKind
from clinic.instruments.rules.parts import Form
from clinic.notation.rules.parsing import Fault


def check_asking(parts: Parts) -> Iterator[Fault]:
    """Faults of items, options, forms, skip rules, fixed and not-applicable items."""
    for check in (_items, _options, _forms, _skips, _exceptions):
        yield from check(parts)


def _items(parts: Parts) -> Iterator[Fault]:
    items, options = parts.get("items"), parts.get("options")
    if items is None or options is None:
        return
    yield from once("items", "number", (item.number for item in items))
    for number, item in enumerate(items, 1):
        if item.options not in options:
            choices = ", ".join(options) or "none"
            yield f"items.{number}.options", f"{item.options} is not in options ({choices})."
    if bool(items) == (parts.get("method") is Method.TRIAL_LIST):
        yield "items", "belong to a scale with answers; a trial list has none. Write []."


def _options(parts: Parts) -> Iterator[Fault]:
    yes_no = parts.get("answers_are") is AnswersAre.YES_NO
    used = {item.options for item in parts.get("items", ())}
    for name, options in parts.get("options", {}).items():
        path = f"options.{name}"
        scores = [option.score for option in options]
        if "items" in parts and name not in used:
            yield path, "is used by no item. Remove it."
        if not any(score is not None for score in scores):
            yield path, "has no score to choose. Write at least one option with a score."
        yield from once(path, "score", (str(score) for score in scores))
        if yes_no and sorted(s for s in scores if s is not None) != [0, 1]:
            yield path, "must be 1 for yes and 0 for no."


def _forms(parts: Parts) -> Iterator[Fault]:
    forms, numbers = parts.get("forms"), numbers_of(parts)
    if forms is None:
        return
    if not forms:
        yield "forms", "must name at least one printed form."
    yield from once("forms", "code", (form.code for form in forms))
    for number, form in enumerate(forms, 1):
        yield from _form(f"forms.{number}", form, numbers)


def _form(path: str, form: Form, numbers: tuple[str, ...] | None) -> Iterator[Fault]:
    if (form.recall.kind is RecallKind.FIXED) != (form.recall.hours is not None):
        yield f"{path}.recall.hours", "belong to a fixed recall, and only there. Else write null."
    if form.order is not None and numbers and sorted(form.order) != sorted(numbers):
        yield f"{path}.order", "must hold every item once."
    baseline = MomentCode.BASELINE in form.moments
    if form.recall.kind is RecallKind.SINCE_BASELINE and baseline:
        yield f"{path}.moments", "a change since baseline has no baseline moment. Remove it."


def _skips(parts: Parts) -> Iterator[Fault]:
    numbers, scores = numbers_of(parts), scores_by_item(parts)
    for number, rule in enumerate(parts.get("skip", ()), 1):
        path = f"skip.{number}"
        yield from known(f"{path}.items", rule.items, numbers)
        yield from known(f"{path}.only_if", (rule.only_if,), numbers)
        if rule.only_if in rule.items:
            yield f"{path}.only_if", "cannot be one of the items it opens."
        if rule.only_if in scores and rule.answered not in scores[rule.only_if]:
            yield f"{path}.answered", f"{rule.answered} is no answer of item {rule.only_if}."


def _exceptions(parts: Parts) -> Iterator[Fault]:
    numbers, scores = numbers_of(parts), scores_by_item(parts)
    for number, rule in enumerate(parts.get("not_applicable", ()), 1):
        yield from known(f"not_applicable.{number}.item", (rule.item,), numbers)
    for number, rule in enumerate(parts.get("fixed", ()), 1):
        path = f"fixed.{number}"
        yield from known(f"{path}.item", (rule.item,), numbers)
        if rule.item in scores and rule.score not in scores[rule.item]:
            yield f"{path}.score", f"{rule.score} is no score of item {rule.item}."
