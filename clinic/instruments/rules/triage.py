"""This file is about the level of a suicide screener, which has no total."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.instruments.rules.answers import Answers, not_asked, refuse_unusable
from clinic.instruments.rules.codes import TriageLevel
from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import TriageRule
from clinic.instruments.rules.safety import SafetyFinding, safety_findings
from clinic.instruments.rules.scoring import missing_items

YES = 1


@dataclass(frozen=True)
class Triage:
    """`level` is None while an item is missing; `at_least` is what the answers already show.

    `rule` and `items` say why: the rule that was met and the items answered yes under it.
    """

    level: TriageLevel | None
    at_least: TriageLevel
    rule: TriageRule | None
    items: tuple[str, ...]
    missing: tuple[str, ...]
    not_asked: tuple[str, ...]
    findings: tuple[SafetyFinding, ...]


def triage(instrument: Instrument, answers: Answers) -> Triage:
    """The level by the first rule that is met; incomplete is no level.

    Raises UnusableAnswers for answers that this scale cannot have.
    """
    refuse_unusable(instrument, answers)
    rule = _met(instrument.triage, answers)
    level = TriageLevel.NEGATIVE if rule is None else rule.level
    missing = missing_items(instrument, answers)
    return Triage(
        level=None if missing else level,
        at_least=level,
        rule=rule,
        items=() if rule is None else tuple(n for n in rule.any_of if answers.get(n) == YES),
        missing=missing,
        not_asked=not_asked(instrument, answers),
        findings=safety_findings(instrument, answers),
    )


def _met(rules: Iterable[TriageRule], answers: Answers) -> TriageRule | None:
    for rule in rules:
        if any(answers.get(item) == YES for item in rule.any_of):
            return rule
    return None
