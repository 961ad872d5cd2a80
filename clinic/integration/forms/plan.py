"""This file is about the care plan as it is typed."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import PasswordField
from wtforms.validators import Optional

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, WholeNumber, required
from clinic.integration.rules import GoalFacts, GoalState, TaskFacts

GOAL_STATES = (
    (GoalState.NOT_STARTED, "Not started"),
    (GoalState.STARTED, "Started"),
    (GoalState.ON_TRACK, "On track"),
    (GoalState.PLANNED, "Planned"),
    (GoalState.MET, "Met"),
    (GoalState.DROPPED, "Dropped"),
)


class GoalForm(BaseForm):
    """One goal of the care plan."""

    goal = Text("Goal, in her words", [required("Write the goal in her words.")], longest=500)
    owner = Text("Owner", [required("Write who sees to it.")], longest=120)
    due_on = LocalDate("Due", [Optional()])
    state = Choice("State", [required("Choose how it stands.")], choices=GOAL_STATES)
    last_word = Text("Last word", [Optional()], longest=500)
    version = WholeNumber("Version", [Optional()])

    def facts(self) -> GoalFacts:
        """What was entered, once it is valid."""
        return GoalFacts(
            goal=self.goal.data,
            owner=self.owner.data,
            due_on=self.due_on.data,
            state=GoalState(self.state.data),
            last_word=self.last_word.data,
        )


class AgreementForm(BaseForm):
    """The plan as it was gone through with her."""

    agreed_on = LocalDate("Agreed with her on", [required("Enter the day she agreed.")])
    reason = Text("What changed since the version before", [Optional()], longest=500)
    password = PasswordField("Your password", [required("Enter your password to sign.")])


class TaskForm(BaseForm):
    """A task of somebody of the clinic. Goals are (id, words)."""

    task = Text("Task", [required("Write what is to be done.")], longest=300)
    owner_id = Choice("Who does it", [required("Choose who does it.")], choices=())
    due_on = LocalDate("Until", [required("Enter until when.")])
    goal_id = Choice("For the goal", [Optional()], choices=())

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        goals: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner_id.choices = list(people)
        self.goal_id.choices = list(goals)

    def facts(self) -> TaskFacts:
        """What was entered, once it is valid."""
        goal = self.goal_id.data
        return TaskFacts(
            task=self.task.data,
            owner_id=uuid.UUID(self.owner_id.data),
            due_on=self.due_on.data,
            goal_id=uuid.UUID(goal) if goal else None,
        )


class DoneForm(BaseForm):
    """That a task is done."""

    version = WholeNumber("Version", [required("Open the page once more.")])
