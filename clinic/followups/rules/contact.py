"""This file is about one contact: when, how, who answered, what was said, and its faults."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from clinic.followups.rules.answers import Answers, Concern, step_fault
from clinic.followups.rules.codes import How, NextStep, Reached
from clinic.followups.rules.due import Due
from clinic.sessions.rules.moments import whole_minute

Fault = tuple[str, str]


@dataclass(frozen=True)
class ContactFacts:
    """What is written of a contact. `answers` and `next_step` count only when she was reached."""

    contacted_at: datetime
    how: How
    reached: Reached
    answers: Answers = field(default_factory=Answers)
    next_step: NextStep | None = None
    next_try_at: datetime | None = None
    note: str | None = None

    @property
    def was_reached(self) -> bool:
        return self.reached is Reached.YES

    @property
    def settles(self) -> bool:
        """Whether the follow-up is done by it."""
        return self.was_reached and self.next_step is not NextStep.CALL_AGAIN


@dataclass(frozen=True)
class Screen:
    """The suicide screener of a contact. `wanted`: the protocol asks it at this moment."""

    wanted: bool
    answered: bool
    level: str | None = None
    urgent: bool = False


def time_faults(facts: ContactFacts, due: Due, now: datetime) -> Iterator[Fault]:
    """(field, code of the fault) for a time that cannot be: `future`, `before-dose`, `too-early`,
    `no-try`, `past-try`, `late-try`."""
    if facts.contacted_at > now:
        yield "contacted_at", "future"
    elif facts.contacted_at < due.dose.t0:
        yield "contacted_at", "before-dose"
    elif facts.settles and whole_minute(facts.contacted_at) < due.opens_at:
        yield "contacted_at", "too-early"
    if not facts.settles:
        yield from _next_try(facts, due.closes_at, window_open=whole_minute(now) < due.closes_at)


def _next_try(facts: ContactFacts, ends: datetime, *, window_open: bool) -> Iterator[Fault]:
    if facts.next_try_at is None:
        if window_open:
            yield "next_try_at", "no-try"
    elif facts.next_try_at <= facts.contacted_at:
        yield "next_try_at", "past-try"
    elif window_open and facts.next_try_at > ends:
        yield "next_try_at", "late-try"


def answer_faults(
    facts: ContactFacts, asked: list[str], found: list[Concern], screen: Screen
) -> Iterator[Fault]:
    """(field, sentence) for what is missing, or cannot stand beside the rest."""
    for code in asked:
        if code not in facts.answers.replies:
            yield f"q_{code}", "Choose an answer."
    if screen.wanted and not screen.answered and not facts.answers.screen_reason:
        yield "screen_reason", "Ask the C-SSRS first, or write why it was not asked."
    if found and not facts.answers.told:
        yield "told", "Write who was told of it, and when."
    if facts.next_step is None:
        yield "next_step", "Choose the next step."
        return
    fault = step_fault(
        facts.next_step, found, screen_level=screen.level, urgent_screen=screen.urgent
    )
    if fault:
        yield "next_step", fault
