"""This file is about the pages on which a goal of the care plan is set and followed."""

import uuid
from typing import Any

from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.integration import actions
from clinic.integration.forms import GoalForm
from clinic.integration.models import CareGoal
from clinic.integration.rules import GoalState
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown


@bp.route("/courses/<uuid:course_id>/integration/goals/new", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def new_goal(course_id: uuid.UUID) -> Any:
    """Set a goal."""
    form = GoalForm(state=GoalState.NOT_STARTED)

    def save() -> None:
        actions.record_goal(course_id, form.facts())

    return saved_or_shown("integration/goal.html", course_id, form, save)


@bp.route("/courses/<uuid:course_id>/integration/goals/<uuid:goal_id>", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def edit_goal(course_id: uuid.UUID, goal_id: uuid.UUID) -> Any:
    """How it stands, and the last that was said about it."""
    goal = get_or_404(CareGoal, goal_id, course_id=course_id)
    form = GoalForm(obj=goal)

    def save() -> None:
        actions.change_goal(goal, form.facts(), form.version.data)

    return saved_or_shown("integration/goal.html", course_id, form, save, goal)
