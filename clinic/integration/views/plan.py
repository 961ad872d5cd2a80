"""This file is about the pages on which the care plan is signed, and tasks are given."""

import uuid
from typing import Any

from flask import redirect, url_for

from clinic.accounts.queries import names_of, staff
from clinic.core import clock
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.integration import actions, queries
from clinic.integration.forms import GOAL_STATES, AgreementForm, DoneForm, TaskForm
from clinic.integration.models import CareTask
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown, tried


@bp.route("/courses/<uuid:course_id>/integration/plan", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def sign_plan(course_id: uuid.UUID) -> Any:
    """The plan as it stands, its signed versions, and the signature under the next one."""
    form = AgreementForm(agreed_on=clock.today())

    def save() -> None:
        proof = prove(form.password.data, standing().name)
        actions.sign_plan(course_id, form.agreed_on.data, form.reason.data, proof=proof)

    goals, versions = queries.goals_of(course_id), queries.plan_versions(course_id)
    return saved_or_shown(
        "integration/plan.html",
        course_id,
        form,
        save,
        goals=goals,
        versions=versions,
        out_of_date=queries.is_out_of_date(versions, goals),
        states=dict(GOAL_STATES),
    )


@bp.route("/courses/<uuid:course_id>/integration/tasks/new", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def new_task(course_id: uuid.UUID) -> Any:
    """Give a task to somebody of the clinic."""
    goals = [(str(goal.id), goal.goal) for goal in queries.goals_of(course_id)]
    form = TaskForm(people=[(str(id_), name) for id_, name in staff()], goals=goals)

    def save() -> None:
        actions.give_task(course_id, form.facts())

    return saved_or_shown("integration/task.html", course_id, form, save)


@bp.post("/courses/<uuid:course_id>/integration/tasks/<uuid:task_id>/done")
@requires(Permission.INTEGRATION_WRITE)
def finish_task(course_id: uuid.UUID, task_id: uuid.UUID) -> Any:
    """It is done; a task that somebody finished meanwhile stays as it is."""
    task = get_or_404(CareTask, task_id, course_id=course_id)
    form = DoneForm()
    tried(form, lambda: actions.finish_task(task, form.version.data))
    return redirect(url_for(".show", course_id=course_id, _anchor="plan"), 303)


def plan_of(course_id: uuid.UUID) -> dict[str, Any]:
    """What the page of stage 4 shows of the plan besides its goals."""
    tasks, versions = queries.tasks_of(course_id), queries.plan_versions(course_id)
    return {
        "tasks": tasks,
        "versions": versions,
        "out_of_date": queries.is_out_of_date(versions, queries.goals_of(course_id)),
        "owners": names_of({task.owner_id for task in tasks}),
        "today": clock.today(),
    }
