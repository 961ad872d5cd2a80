"""This file is about the pages of groups: meetings, who is expected, who came."""

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.integration import actions, queries
from clinic.integration.forms import NOT_OURS, AttendanceForm, GroupForm, ListForm
from clinic.integration.models import CareActivity, GroupSession
from clinic.integration.rules import KIND_WORDS
from clinic.integration.views.blueprint import bp
from clinic.integration.views.visits import who_may_hold


@bp.route("/groups", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def groups() -> Any:
    """Meetings of the last weeks and those ahead; plan another one."""
    form = GroupForm(people=who_may_hold())
    if form.validate_on_submit():
        try:
            group = actions.record_group(form.facts())
            return redirect(url_for(".group", group_id=group.id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    page = render_template(
        "integration/groups.html",
        form=form,
        groups=queries.groups_since(clock.now()),
        kinds=KIND_WORDS,
    )
    return page, 422 if request.method == "POST" else 200


@bp.get("/groups/<uuid:group_id>")
@requires(Permission.INTEGRATION_WRITE)
def group(group_id: uuid.UUID) -> Any:
    """One meeting: who is expected, who came."""
    return shown(group_id)


@bp.route("/groups/<uuid:group_id>/edit", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def edit_group(group_id: uuid.UUID) -> Any:
    """Another time, or a correction, for everybody on its list."""
    meeting = get_or_404(GroupSession, group_id)
    ours = meeting.therapist_id or (NOT_OURS[0] if meeting.therapist_name else None)
    form = GroupForm(obj=meeting, people=who_may_hold(), data={"therapist_id": ours})
    if form.validate_on_submit():
        try:
            actions.change_group(meeting, form.facts(), form.version.data)
            return redirect(url_for(".group", group_id=group_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except actions.ChangedMeanwhile as clash:
            form.form_errors.append(f"{clash} Open this page once more.")
    page = render_template("integration/group_edit.html", form=form, meeting=meeting)
    return page, 422 if request.method == "POST" else 200


@bp.post("/groups/<uuid:group_id>/list")
@requires(Permission.INTEGRATION_WRITE)
def put_on_list(group_id: uuid.UUID) -> Any:
    """She is expected."""
    form = ListForm(courses=queries.courses_to_choose(group_id))
    if not form.validate():
        return shown(group_id, form)
    try:
        actions.put_on_list(get_or_404(GroupSession, group_id), form.chosen())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return shown(group_id, form)
    return redirect(url_for(".group", group_id=group_id), 303)


@bp.post("/groups/<uuid:group_id>/list/<uuid:activity_id>")
@requires(Permission.INTEGRATION_WRITE)
def note_attendance(group_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """Whether she came."""
    visit = get_or_404(CareActivity, activity_id, group_session_id=group_id)
    form = AttendanceForm()
    if form.validate():
        try:
            actions.note_attendance(visit, form.code(), form.reason.data)
            return redirect(url_for(".group", group_id=group_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    return shown(group_id, answered=(activity_id, form))


def shown(
    group_id: uuid.UUID,
    form: ListForm | None = None,
    answered: tuple[uuid.UUID, AttendanceForm] | None = None,
) -> Any:
    """The page of a meeting; with what was typed and what is wrong when a form is given."""
    meeting = get_or_404(GroupSession, group_id)
    choices = queries.courses_to_choose(group_id)
    page = render_template(
        "integration/group.html",
        meeting=meeting,
        kinds=KIND_WORDS,
        attendances=queries.attendances(group_id),
        form=form or (ListForm(formdata=None, courses=choices) if choices else None),
        empty=AttendanceForm(formdata=None),
        answered=answered,
        at=clock.now(),
    )
    return page, 422 if form or answered else 200
