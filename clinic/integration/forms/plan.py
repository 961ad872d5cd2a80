"""This file is about the care plan as it is typed."""

from wtforms.validators import Optional

from clinic.core.forms import BaseForm, Choice, LocalDate, Text, WholeNumber, required
from clinic.integration.rules import GoalFacts, GoalState

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
