"""This file is about what answers and totals say: safety, level, response, remission."""

from dataclasses import dataclass

from clinic.instruments.rules.codes import ResponseKind, SafetyKind, SafetyLevel, TriageLevel
from clinic.notation.rules.parsing import Signed


@dataclass(frozen=True)
class SafetyRule:
    """A score of `at_least` is a finding, whatever the total (definitions D7.4)."""

    item: str
    at_least: Signed
    kind: SafetyKind
    level: SafetyLevel
    source: str


@dataclass(frozen=True)
class TriageRule:
    """The first rule with any of its items answered yes decides; none of them: negative."""

    level: TriageLevel
    any_of: tuple[str, ...]
    words: str
    source: str


@dataclass(frozen=True)
class Improvement:
    """One answer to how much a trial helped; `failed`: less than half."""

    code: str
    words: str
    failed: bool


@dataclass(frozen=True)
class TrialList:
    """When an antidepressant trial was adequate, failed, and how many failures are resistance."""

    adequate_weeks_from: int
    improvements: tuple[Improvement, ...]
    resistant_from: int
    source: str


@dataclass(frozen=True)
class ResponseRule:
    """`value` is percent, points or a total, by `kind`; `partial` is percent (definitions D7.2)."""

    code: str
    kind: ResponseKind
    value: int
    partial: int | None
    source: str


@dataclass(frozen=True)
class RemissionRule:
    code: str
    at_most: Signed
    source: str


@dataclass(frozen=True)
class SeverityForRemission:
    """Below this baseline the word remission says nothing (definitions D7.2)."""

    at_least: Signed
    source: str


@dataclass(frozen=True)
class SmallestChange:
    """The smallest change in points that matters, for the better and for the worse."""

    improvement: int | None
    worsening: int | None
    source: str
