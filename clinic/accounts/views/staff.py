"""This file is about the page of staff: who works here, invite, another role, help, send home."""

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from clinic.accounts.actions import limit_sittings
from clinic.accounts.actions import staff as actions
from clinic.accounts.actions.links import MadeLink, address_of, send_link
from clinic.accounts.forms import InviteForm, PlaceForm, RoleForm, SittingsForm
from clinic.accounts.models import User
from clinic.accounts.queries import full_name, own_clinic
from clinic.accounts.queries.colleagues import (
    Colleague,
    colleague_or_404,
    colleagues,
    works_elsewhere,
)
from clinic.accounts.rules.links import LinkKind, in_groups
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, Role, requires

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.get("")
@requires(Permission.STAFF_MANAGE)
def show() -> str:
    """Who works here, and who did."""
    return page(InviteForm(formdata=None))


@bp.post("")
@requires(Permission.STAFF_MANAGE)
def invite() -> Any:
    """Invite somebody; the link is sent to them, or shown once."""
    form = InviteForm()
    if not form.validate():
        return page(form), 422
    try:
        person, made = actions.invite(
            email=form.email.data,
            full_name=form.full_name.data,
            title=form.title.data,
            role=Role(form.role.data),
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(form), 422
    return handed(person, LinkKind.INVITATION, made)


@bp.route("/limits", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def limits() -> Any:
    """How long a browser stays signed in."""
    clinic = own_clinic()
    form = SittingsForm(obj=clinic)
    if form.validate_on_submit():
        numbers = (form.idle_minutes.data, form.absolute_hours.data)
        limit_sittings(clinic, *numbers, form.version.data)
        flash("The limits are kept. They hold from the next request on.", "success")
        return redirect(url_for("staff.show"), 303)
    shown = render_template(
        "accounts/staff/limits.html",
        form=form,
        idle=current_app.config["IDLE_MINUTES"],
        absolute=current_app.config["ABSOLUTE_HOURS"],
    )
    return shown, 422 if request.method == "POST" else 200


@bp.get("/<uuid:person_id>")
@requires(Permission.STAFF_MANAGE)
def person(person_id: UUID) -> str:
    """One person: role, proofs, and what may be done about them."""
    return person_page(colleague_or_404(person_id))


@bp.post("/<uuid:person_id>/role")
@requires(Permission.STAFF_MANAGE)
def change_role(person_id: UUID) -> Any:
    """Another role, or the way back for somebody who left."""
    one, form = colleague_or_404(person_id), RoleForm()
    if not form.validate():
        return person_page(one, form), 422
    back = not one.membership.is_active
    change = actions.take_back if back else actions.change_role
    change(one, Role(form.role.data), form.version.data)
    words = "works here again, as" if back else "is now"
    return told(one, f"{one.name} {words} {form.role.data}. They sign in again.")


@bp.post("/<uuid:person_id>/link")
@requires(Permission.STAFF_MANAGE)
def make_link(person_id: UUID) -> Any:
    """A one-time link for a password of their own choice."""
    one = colleague_or_404(person_id)
    kind, made = actions.renew_link(one)
    return handed(one.user, kind, made)


@bp.post("/<uuid:person_id>/second-step")
@requires(Permission.STAFF_MANAGE)
def forget_second_step(person_id: UUID) -> Any:
    """Take a lost second step off."""
    one = colleague_or_404(person_id)
    actions.take_second_step_off(one)
    return told(one, f"{one.name} sets up a new second step at the next sign-in.")


@bp.post("/<uuid:person_id>/sittings")
@requires(Permission.STAFF_MANAGE)
def end_sittings(person_id: UUID) -> Any:
    """Sign somebody out everywhere."""
    one = colleague_or_404(person_id)
    ended = actions.end_all_sittings(one)
    if actions.is_me(person_id):
        return redirect(url_for("security.login"), 303)
    return told(one, f"{one.name} is signed out in {ended} browser{'' if ended == 1 else 's'}.")


@bp.post("/<uuid:person_id>/leave")
@requires(Permission.STAFF_MANAGE)
def send_home(person_id: UUID) -> Any:
    """Somebody works here no more."""
    one, form = colleague_or_404(person_id), PlaceForm()
    form.validate()
    actions.send_home(one, form.version.data)
    return told(one, f"{one.name} can no longer sign in here. What they wrote stays.")


def told(one: Colleague, words: str) -> Any:
    """Say what was done, on the page of the person."""
    flash(words, "success")
    return redirect(url_for("staff.person", person_id=one.user.id), 303)


def handed(person: User, kind: LinkKind, made: MadeLink) -> Any:
    """A link on its way to the person's mailbox, or shown once to be handed over."""
    name = full_name(person)
    if send_link(person.id, kind, made):
        flash(f"{name} is written to at {person.email}. The link opens once.", "success")
        return redirect(url_for("staff.person", person_id=person.id), 303)
    return render_template(
        "accounts/staff/link.html",
        name=name,
        person_id=person.id,
        kind=kind,
        address=address_of(made.token),
        code=in_groups(made.token),
        expires_at=made.expires_at,
    )


def page(form: InviteForm) -> str:
    """The list with a form, empty or refused."""
    return render_template(
        "accounts/staff/list.html", people=colleagues(), form=form, clinic=own_clinic()
    )


def person_page(one: Colleague, form: RoleForm | None = None) -> str:
    """The page of one person."""
    return render_template(
        "accounts/staff/person.html",
        one=one,
        form=form or RoleForm(formdata=None, role=one.membership.role.value),
        is_me=actions.is_me(one.user.id),
        elsewhere=works_elsewhere(one.user.id),
        has_come=actions.has_come(one),
    )
