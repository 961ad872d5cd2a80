"""This file is about the care plan as a document: what is signed, what changed since."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.integration.rules.visits import Fault, GoalFacts

NAMES = ("goal", "owner", "due_on", "state", "last_word")


@dataclass(frozen=True)
class TaskFacts:
    """Something that one person of the clinic does until a day. `goal_id`: the goal it serves."""

    task: str
    owner_id: uuid.UUID
    due_on: date
    goal_id: uuid.UUID | None = None


def plan_content(goals: Iterable[tuple[uuid.UUID, GoalFacts]], agreed_on: date) -> dict[str, Any]:
    """What a signature under the plan covers: every goal as it stands, and when she agreed."""
    return {
        "agreed_with_her_on": agreed_on.isoformat(),
        "goals": [{"id": str(id_)} | written(goal) for id_, goal in goals],
    }


def written(goal: GoalFacts) -> dict[str, Any]:
    """One goal as it is signed."""
    due = goal.due_on.isoformat() if goal.due_on else None
    return {
        "goal": goal.goal,
        "owner": goal.owner,
        "due_on": due,
        "state": str(goal.state),
        "last_word": goal.last_word,
    }


def moved_since(signed: Mapping[str, Any], goals: Iterable[tuple[uuid.UUID, GoalFacts]]) -> bool:
    """Whether a goal was added or another word of one was written since a version was signed.

    How a goal stands and the last word about it move between versions without a new agreement.
    """
    agreed = ("goal", "owner", "due_on")
    before = [[one["id"], *(one[name] for name in agreed)] for one in signed["goals"]]
    now = [[str(id_), *(written(goal)[name] for name in agreed)] for id_, goal in goals]
    return before != now


def faults_of_agreement(
    agreed_on: date | None, today: date, *, goals: int, reason: str | None, again: bool
) -> Iterator[Fault]:
    """Field and sentence of what keeps a version from being signed."""
    if not goals:
        yield "agreed_on", "Write a goal first."
    if agreed_on is not None and agreed_on > today:
        yield "agreed_on", "Enter a day that is not after today."
    if again and not reason:
        yield "reason", "Write what changed since the version before."
