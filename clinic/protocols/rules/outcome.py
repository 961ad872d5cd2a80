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
    """Which of a scale's own rules this protocol uses, by their codes; None: it uses none.

    `scale` and `form` are codes of an instrument: `MADRS`, `24-hours`.
    """

    scale: str
    form: str
    response: str | None
    remission: str | None
    source: str


@dataclass(frozen=True)
class Outcome:
    """The baseline is at most `baseline_days` older than the first dose (definitions D7.1)."""

    baseline_days: int
    windows: tuple[OutcomeWindow, ...]
    scales: tuple[ScaleOutcome, ...]
    source: str

    def of_scale(self, scale: str, form: str = "standard") -> ScaleOutcome | None:
        """What is chosen for a form of a scale, or None."""
        return next((s for s in self.scales if (s.scale, s.form) == (scale, form)), None)
