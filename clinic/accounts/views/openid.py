"""This file is about the pages of a clinic's own sign-in service: lead there, come back, join."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_security import login_user

from clinic.accounts.actions import openid as actions
from clinic.accounts.forms.openid import JoinForm
from clinic.accounts.models import User
from clinic.accounts.queries import own_clinic
from clinic.accounts.queries.openid import own_subject, person_behind
from clinic.accounts.rules import is_own_address
from clinic.accounts.rules.openid import Provider
from clinic.accounts.sign_in.openid import CAME_BY, NotProved, begin, providers, subject_from
from clinic.core.acting import acting
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, public, requires
from clinic.core.signatures import prove

bp = Blueprint("openid", __name__)
JOINS, NEXT = "openid_joins", "openid_next"
NOBODY = (
    "Nobody of this clinic has joined that account. Sign in with your password, then join it under"
    " Your account."
)


@bp.post("/sign-in/openid/<code>", endpoint="begin")
@public
def lead_there(code: str) -> Any:
    """Lead to the service of a clinic."""
    provider = provider_of({"code": code})
    session.pop(JOINS, None)
    target = request.args.get("next", "")
    session[NEXT] = target if is_own_address(target) else ""
    return led(provider, "security.login")


@bp.get("/sign-in/openid/<code>/back")
@public
def back(code: str) -> str:
    """The service led back here. Nothing happens before the person presses the button."""
    provider = provider_of({"code": code})
    return render_template("accounts/openid_back.html", provider=provider, sent=sent_back())


@bp.post("/sign-in/openid/<code>/back")
@public
def come_back(code: str) -> Any:
    """Who the service says this is: joined to whoever is signed in, or signed in."""
    provider = provider_of({"code": code})
    joins = session.pop(JOINS, None)
    try:
        subject = subject_from(provider)
    except NotProved as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("openid.show" if joins else "security.login"), 303)
    return joined(provider, subject, joins) if joins else signed_in(provider, subject)


def joined(provider: Provider, subject: str, person_id: str) -> Any:
    """The person who asked for it, and nobody else, is known by this subject from now on."""
    if str(standing().acting.actor_id) != person_id:
        abort(403)
    try:
        actions.join(acting().actor_id, provider.issuer, subject)
    except Conflict as refusal:
        flash(str(refusal), "warning")
    else:
        flash(f"From now on you may sign in with {provider.name}.", "success")
    return redirect(url_for("openid.show"), 303)


def signed_in(provider: Provider, subject: str) -> Any:
    """The first step is done; the second is asked as after a password."""
    found = person_behind(provider.issuer, subject, provider.clinic)
    if found is None:
        flash(NOBODY, "error")
        return redirect(url_for("security.login"), 303)
    person, clinic_id = found
    session[CAME_BY] = str(clinic_id)
    target = session.pop(NEXT, "") or url_for("core.start")
    return further(person, target)


def further(person: User, target: str) -> Any:
    """On to the second step, or in."""
    steps = current_app.extensions["security"].two_factor_plugins
    if second := steps.tf_enter(person, False, "openid", next_loc=target):
        return second
    login_user(person, authn_via=["openid"])
    return redirect(target, 303)


@bp.get("/account/sign-in-service")
@requires(Permission.OWN_ACCOUNT)
def show() -> str:
    """Whether I am joined to my clinic's service."""
    return page(JoinForm(formdata=None))


@bp.post("/account/sign-in-service")
@requires(Permission.OWN_ACCOUNT)
def join() -> Any:
    """Join, or part: with the password, whose place the service takes."""
    form, provider = JoinForm(), own_provider()
    if not form.validate():
        return page(form), 422
    try:
        prove(form.password.data or "", standing().name)
    except Unprocessable:
        form.password.errors = ["This is not your password."]
        return page(form), 422
    if form.parts.data:
        actions.part(acting().actor_id, provider.issuer)
        flash("You sign in with your password alone.", "success")
        return redirect(url_for("openid.show"), 303)
    session[JOINS] = str(acting().actor_id)
    return led(provider, "openid.show")


def led(provider: Provider, otherwise: str) -> Response | Any:
    """To the service, or back with a sentence when it is away."""
    try:
        return begin(provider)
    except NotProved as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(otherwise), 303)


def page(form: JoinForm) -> str:
    """The page on which a person joins and parts."""
    provider = own_provider()
    known = own_subject(acting().actor_id, provider.issuer)
    return render_template("accounts/openid.html", form=form, provider=provider, known=known)


def own_provider() -> Provider:
    """The service of the clinic somebody is in. Aborts 404 when it has none."""
    return provider_of({"code": own_clinic().code})


def provider_of(named: dict[str, Any] | None) -> Provider:
    """The service of a clinic. Aborts 404 when it has none."""
    return providers().get((named or {}).get("code", "")) or abort(404)


def sent_back() -> dict[str, str]:
    """What the service sent along, as the form hands it on."""
    return {name: request.args.get(name, "") for name in ("code", "state")}
