"""This file is about milk around a dose: what may be written down, and what stands of it.

The only words are "Agreed pause ends HH:MM" and "First feed after dose" (definitions D5.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic.integration.rules.codes import MilkEvent
from clinic.integration.rules.visits import Fault

MOST_ML = 2000  # an entry check


@dataclass(frozen=True)
class MilkFacts:
    """One line. `ml`: whole millilitres, None for not measured; `discarded`: of expressed milk."""

    event: MilkEvent
    happened_at: datetime
    ml: int | None = None
    discarded: bool | None = None


def faults_of_milk(facts: MilkFacts, t0: datetime | None, now: datetime) -> Iterator[Fault]:
    """Field and sentence of what cannot be. `t0`: of the dose, None before it."""
    expressed = facts.event is MilkEvent.EXPRESSED
    if facts.happened_at > now:
        yield "happened_at", "Enter a time that is not after now."
    if facts.event is MilkEvent.LAST_FEED and t0 is not None and facts.happened_at > t0:
        yield "happened_at", "The last feed is the one before the dose."
    if facts.event is MilkEvent.FIRST_FEED and (t0 is None or facts.happened_at <= t0):
        yield "happened_at", "The first feed is the one after the dose."
    if facts.ml is not None and not expressed:
        yield "ml", "An amount is written for expressed milk only."
    if expressed and facts.discarded is None:
        yield "discarded", "Choose whether it was discarded."
    if not expressed and facts.discarded is not None:
        yield "discarded", "This is asked of expressed milk only."
