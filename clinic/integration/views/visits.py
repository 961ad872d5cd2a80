"""This file is about the pages on which a visit is planned, logged and corrected."""

import uuid
from typing import Any

from flask import request

from clinic.accounts.queries import staff
from clinic.core.acting import acting
from clinic.core.gate import standing
from clinic.core.permissions import Permission, Role, requires
from clinic.core.records import get_or_404
from clinic.integration import actions, queries
from clinic.integration.forms import NO_DOSE, NOT_OURS, NoteForm, VisitForm
from clinic.integration.models import CareActivity
from clinic.integration.rules import KIND_WORDS, Kind, Status
from clinic.integration.views.blueprint import bp
from clinic.integration.views.saving import saved_or_shown


@bp.route("/courses/<uuid:course_id>/integration/visits/new", methods=["GET", "POST"])
@requires(Permission.INTEGRATION_WRITE)
def new_visit(course_id: uuid.UUID) -> Any:
    """Plan or log a visit; a link may choose kind, status and session_id."""
    form = VisitForm(doses=doses_to_follow(course_id), people=who_may_hold(), **chosen_by_link())

    def save() -> None:
        actions.record_visit(course_id, form.facts())

    return saved_or_shown("integration/visit.html", course_id, form, save)


@bp.route(
    "/courses/<uuid:course_id>/integration/visits/<uuid:activity_id>", methods=["GET", "POST"]
)
@requires(Permission.INTEGRATION_WRITE)
def edit_visit(course_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """How it went, another date, a correction, an entry in error."""
    activity = get_or_404(CareActivity, activity_id, course_id=course_id)
    doses, people = doses_to_follow(course_id), who_may_hold(activity)
    form = VisitForm(doses=doses, people=people, stored=True, **as_typed(activity))

    def save() -> None:
        actions.change_visit(activity, form.facts(), form.version.data)

    return saved_or_shown("integration/visit.html", course_id, form, save, activity)


@bp.route(
    "/courses/<uuid:course_id>/integration/visits/<uuid:activity_id>/notes",
    methods=["GET", "POST"],
)
@requires(Permission.THERAPY_NOTE)
def own_notes(course_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """Notes on a visit that stay with whoever writes them."""
    activity = get_or_404(CareActivity, activity_id, course_id=course_id)
    form = NoteForm()

    def save() -> None:
        actions.write_note(activity, form.text.data)

    notes = queries.own_notes(activity_id, acting().actor_id)
    return saved_or_shown(
        "integration/notes.html",
        course_id,
        form,
        save,
        notes=notes,
        visit=activity,
        kinds=KIND_WORDS,
    )


def who_may_hold(activity: CareActivity | None = None) -> list[tuple[str, str]]:
    """(id, name) of those who work here; whoever is on record stays a choice."""
    people = {str(id_): name for id_, name in staff()}
    if activity is not None and activity.therapist_id is not None:
        name = queries.who_held([activity]).get(activity.id, "Somebody who left")
        people.setdefault(str(activity.therapist_id), name)
    return list(people.items())


def doses_to_follow(course_id: uuid.UUID) -> list[tuple[str, str]]:
    """(session id, words) of what a visit may follow, newest first."""
    given = queries.given_doses(course_id)
    ahead = queries.doses_ahead(course_id, given)
    zone = acting().timezone
    doses = [(d.session_id, d.number, d.t0, "Dose") for d in given]
    doses += [(s.session_id, s.number, s.planned_at, "Planned dose") for s in ahead]
    newest_first = sorted(doses, key=lambda dose: dose[2], reverse=True)
    return [
        (str(id_), f"{word} {number}, {at.astimezone(zone):%a %d %b %H:%M}")
        for id_, number, at, word in newest_first
    ]


def chosen_by_link() -> dict[str, Any]:
    """What a link chose, as far as it can be chosen; a therapist holds the visit herself."""
    kind, status = request.args.get("kind"), request.args.get("status")
    chosen: dict[str, Any] = {"session_id": request.args.get("session_id")}
    if standing().role is Role.THERAPIST:
        chosen["therapist_id"] = str(acting().actor_id)
    if kind in set(Kind):
        chosen["kind"] = str(kind)
    if status in set(Status) - {Status.ERROR}:
        chosen["status"] = str(status)
    return chosen


def as_typed(activity: CareActivity) -> dict[str, Any]:
    """A visit as its form shows it."""
    names = ("kind", "status", "starts_at", "minutes", "modality", "therapist_name")
    typed = {name: getattr(activity, name) for name in names}
    ours = activity.therapist_id or (NOT_OURS[0] if activity.therapist_name else None)
    return typed | {
        "session_id": activity.session_id or NO_DOSE[0],
        "therapist_id": ours,
        "reason": activity.reason,
        "shared_note": activity.shared_note,
        "version": activity.version,
    }
