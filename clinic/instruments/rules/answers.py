"""This file is about one use of a scale: its answers, and whether they can be answers at all.

Answers are keyed by item number; a number is the final score of the chosen option. Three things
are never one: zero is a score, NoScore is an answer without a score, an absent item was skipped.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import SkipRule


class NoScore(StrEnum):
    NOT_APPLICABLE = "not-applicable"
    NOT_ASSESSED = "not-assessed"


Answers = Mapping[str, int | NoScore]


class UnusableAnswers(ValueError):
    """These cannot be answers of this scale. `problems`: a sentence for each item."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems = dict(problems)


def answer_problems(instrument: Instrument, answers: Answers) -> dict[str, str]:
    """A sentence for each item whose answer cannot be taken; a skipped item is no problem here."""
    problems: dict[str, str] = {}
    for source in (_values(instrument, answers), _logic(instrument, answers)):
        for item, sentence in source:
            problems.setdefault(item, sentence)
    return problems


def refuse_unusable(instrument: Instrument, answers: Answers) -> None:
    """Raises UnusableAnswers when any answer cannot be taken."""
    problems = answer_problems(instrument, answers)
    if problems:
        raise UnusableAnswers(problems)


def not_asked(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The items that these answers close, and those that are never asked here."""
    closed = {item for rule in instrument.skip if _closes(rule, answers) for item in rule.items}
    closed |= {rule.item for rule in instrument.fixed}
    return tuple(item.number for item in instrument.items if item.number in closed)


def waiting(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The items of which nobody can say yet whether they are asked."""
    open_rules = [rule for rule in instrument.skip if rule.only_if not in answers]
    return tuple(dict.fromkeys(item for rule in open_rules for item in rule.items))


def from_printed(
    instrument: Instrument, form_code: str, printed: Mapping[str, int | NoScore]
) -> dict[str, int | NoScore]:
    """Answers by our item numbers, from those by the numbers printed on a form.

    The 2001 order of the PBQ prints other items at 8, 9 and 10 than the 2006 order. Raises
    UnusableAnswers for a number that is not printed.
    """
    order = instrument.form(form_code).order
    if order is None:
        return dict(printed)
    ours = {str(number): item for number, item in enumerate(order, 1)}
    strange = {n: f"Item {n} is not on this form." for n in printed if n not in ours}
    if strange:
        raise UnusableAnswers(strange)
    return {ours[number]: answer for number, answer in printed.items()}


def _closes(rule: SkipRule, answers: Answers) -> bool:
    return rule.only_if in answers and answers[rule.only_if] != rule.answered


def _values(instrument: Instrument, answers: Answers) -> Iterator[tuple[str, str]]:
    numbers = {item.number for item in instrument.items}
    for number, answer in answers.items():
        if number not in numbers:
            yield number, f"{instrument.name} has no item {number}."
        elif answer is NoScore.NOT_APPLICABLE:
            if number not in {rule.item for rule in instrument.not_applicable}:
                yield number, f"Item {number} always applies: {_choose(instrument, number)}"
        elif answer is NoScore.NOT_ASSESSED:
            if all(option.score is not None for option in instrument.options_of(number)):
                yield number, f"Leave item {number} empty or {_choose(instrument, number)}"
        elif isinstance(answer, bool) or answer not in instrument.scores_of(number):
            yield number, f"Item {number}: {_choose(instrument, number)}"


def _choose(instrument: Instrument, number: str) -> str:
    scores = sorted(instrument.scores_of(number))
    *others, last = (str(score) for score in scores)
    if len(scores) > 2 and scores == list(range(scores[0], scores[-1] + 1)):
        return f"choose a score from {scores[0]} to {last}."
    return f"choose {' or '.join([*others, last])}."


def _logic(instrument: Instrument, answers: Answers) -> Iterator[tuple[str, str]]:
    for rule in instrument.skip:
        for item in rule.items:
            if item in answers and _closes(rule, answers):
                yield item, f"Item {item} is asked only when item {rule.only_if} is yes."
    for fixed in instrument.fixed:
        if fixed.item in answers:
            yield fixed.item, f"Item {fixed.item} is not asked here: it counts {fixed.score}."
    for pair in instrument.scoring.either if instrument.scoring else ():
        given = [item for item in pair if isinstance(answers.get(item), int)]
        for item in given if len(given) > 1 else ():
            yield item, f"Answer only one of {' and '.join(pair)}."
