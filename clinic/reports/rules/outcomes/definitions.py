"""This file is about what the figures of a period mean: data with a version and a source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinic.notation.rules.canonical import canonical_text, digest
from clinic.notation.rules.parsing import Fault, NotationError, parse


class Code(StrEnum):
    """Every figure. The order is that of a report."""

    COURSES = "courses"
    DISCONTINUED = "discontinued"
    PATIENTS = "patients"
    SESSIONS = "sessions"
    STOPPED_EARLY = "stopped-early"
    RESPONSE = "response"
    REMISSION = "remission"
    CHANGE = "change"
    SUSTAINED = "sustained"
    SUICIDALITY = "suicidality"
    TIME_TO_RESPONSE = "time-to-response"
    TIME_TO_RELAPSE = "time-to-relapse"
    EFFECT = "effect"
    EFFECT_PATIENT = "effect-patient"
    SEDATION = "sedation"
    DISSOCIATION = "dissociation"
    SERIOUS = "serious"
    RISE_SYSTOLIC = "rise-systolic"
    RISE_DIASTOLIC = "rise-diastolic"
    RISE_OVER = "rise-over"
    READY = "ready"
    READY_SAID = "ready-said"
    LEFT = "left"
    LEFT_AFTER_STOP = "left-after-stop"
    UNDER_MINIMUM = "under-minimum"
    PRESSURE_AT_PEAK = "pressure-at-peak"
    VITALS = "vitals"
    ON_TIME = "on-time"
    FOLLOWED_UP = "followed-up"
    FORM_ON_TIME = "form-on-time"
    ALERTS = "alerts"
    ACKNOWLEDGED = "acknowledged"
    RISK_ANSWER = "risk-answer"


class DefinitionsError(NotationError):
    """The definitions cannot be used. `problems`: one sentence each, with file and line."""


@dataclass(frozen=True)
class Definition:
    """What a figure counts, among what, and what is missing; "-": nothing can be."""

    title: str
    counted: str
    among: str
    missing: str
    source: str


@dataclass(frozen=True)
class Definitions:
    """One version. A figure of fewer than `small` is not told outside, nor drawn anywhere.

    `rise_needs_that_pressure`: a session without a pressure near the peak says nothing of the
    highest rise. Minutes count from T0, both ends inside.
    """

    version: int
    source: str
    interval_percent: int
    interval_source: str
    small: int
    small_source: str
    per_sessions: int
    pressure_from_minute: int
    pressure_to_minute: int
    pressure_source: str
    rise_needs_that_pressure: bool
    figures: Mapping[str, Definition]

    @property
    def level(self) -> float:
        """The level of intervals as a share."""
        return self.interval_percent / 100

    @property
    def digest(self) -> str:
        """sha256 of all of it, by which a saved report knows its rules."""
        return digest(canonical_text(self))

    def __getitem__(self, code: str) -> Definition:
        return self.figures[code]

    @classmethod
    def from_tree(cls, tree: Any, file: str) -> "Definitions":
        """From nested text; raises DefinitionsError with every fault, its file and line."""
        read: Definitions = parse(cls, tree, file, faults, DefinitionsError)
        return read


def faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """A figure that is missing or unknown, and numbers that say nothing."""
    figures = parts.get("figures", {})
    for code in Code:
        if code not in figures:
            yield "figures", f"{code} is missing. Write what it counts."
    for code in figures:
        if code not in list(Code):
            yield f"figures.{code}", "there is no such figure. Take it out."
    level = parts.get("interval_percent")
    if level is not None and not 0 < level < 100:
        yield "interval_percent", "must be between 1 and 99."
    if parts.get("pressure_from_minute", 0) > parts.get("pressure_to_minute", 0):
        yield "pressure_to_minute", "must not be before pressure_from_minute."
