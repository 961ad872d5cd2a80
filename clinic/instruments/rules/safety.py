"""This file is about answers that somebody must hear of, whatever the total (definitions D7.4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.instruments.rules.answers import Answers, not_asked, waiting
from clinic.instruments.rules.codes import SafetyKind, SafetyLevel
from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import SafetyRule


@dataclass(frozen=True)
class SafetyFinding:
    """A safety item that was answered above nothing, or (`score` None) that was skipped.

    A skipped one has no level: it is a task of the same day.
    """

    item: str
    kind: SafetyKind
    score: int | None
    level: SafetyLevel | None
    source: str

    @property
    def skipped(self) -> bool:
        return self.score is None


def safety_findings(instrument: Instrument, answers: Answers) -> tuple[SafetyFinding, ...]:
    """One finding for each safety item that is positive or skipped, in the order of the items."""
    return tuple(_findings(instrument, answers))


def _findings(instrument: Instrument, answers: Answers) -> Iterator[SafetyFinding]:
    closed = {*not_asked(instrument, answers), *waiting(instrument, answers)}
    for number, rules in _rules_by_item(instrument).items():
        answer, first = answers.get(number), rules[0]
        if isinstance(answer, int):
            met = [rule for rule in rules if answer >= rule.at_least]
            if met:
                yield SafetyFinding(number, met[-1].kind, answer, met[-1].level, met[-1].source)
        elif number not in closed:
            yield SafetyFinding(number, first.kind, None, None, first.source)


def _rules_by_item(instrument: Instrument) -> dict[str, list[SafetyRule]]:
    """The rules of each item, the strictest threshold last."""
    grouped: dict[str, list[SafetyRule]] = {}
    for rule in sorted(instrument.safety, key=lambda rule: rule.at_least):
        grouped.setdefault(rule.item, []).append(rule)
    numbers = [item.number for item in instrument.items]
    return {number: grouped[number] for number in numbers if number in grouped}
