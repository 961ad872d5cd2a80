"""This file is about what counts as baseline, response and remission: pinned to each course."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OutcomeWindow:
    """A moment at which the outcome is read: hours after the first dose of the course, both ends
    inside (definitions D7.3)."""

    code: str
    text: str
    at_hours: int
    opens_hours: int
    closes_hours: int
    source: str


@dataclass(frozen=True)
class ScaleOutcome:
    """One scale: remission is a total of at most `remission_at_most`, and has a meaning only when
    the baseline was at least `baseline_at_least`."""

    scale: str
    baseline_at_least: int | None
    remission_at_most: int | None
    source: str


@dataclass(frozen=True)
class Outcome:
    """Response: a fall of at least `response_percent` of the baseline total; partial likewise.

    The baseline is at most `baseline_days` older than the first dose of the course.
    """

    baseline_days: int
    response_percent: int
    partial_percent: int
    windows: tuple[OutcomeWindow, ...]
    scales: tuple[ScaleOutcome, ...]
    source: str

    def of_scale(self, code: str) -> ScaleOutcome | None:
        """What is defined for a scale, or None. `PHQ-9`, `PHQ9` and `phq-9` are one scale."""
        return next((scale for scale in self.scales if bare(scale.scale) == bare(code)), None)


def bare(code: str) -> str:
    """A code without case and hyphens."""
    return code.replace("-", "").casefold()
