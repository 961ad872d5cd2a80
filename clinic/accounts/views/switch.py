"""This file is about who is at a shared tablet: faces and PIN, as a page or a panel over one."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf
from jinja2.utils import htmlsafe_json_dumps

from clinic.accounts.forms import LockForm, SwitchForm
from clinic.accounts.models import Device, User
from clinic.accounts.queries import clinic_by_id, full_name
from clinic.accounts.rules import is_own_address
from clinic.accounts.sign_in import switching
from clinic.core import formatting
from clinic.core.errors import Unprocessable, wants_json
from clinic.core.permissions import Permission, public, public_poll, requires

bp = Blueprint("switch", __name__, url_prefix="/switch")


@bp.get("")
@public
def show() -> str:
    """Who is using the tablet?"""
    return page(SwitchForm(formdata=None, next=way_back(request.args.get("next"))))


@bp.post("")
@public
def take_over() -> Any:
    """Take over the tablet by PIN, and go back to the page of before."""
    device, form = tablet(), SwitchForm()
    if not form.validate():
        return refused(form)
    try:
        person = switching.by_pin(device, form.user_id.data, str(form.pin.data))
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return refused(form)
    if wants_json():
        return for_script(at_the_tablet(person))
    return redirect(way_back(form.next.data), 303)


@bp.get("/panel")
@public_poll
def panel() -> str:
    """The same as a part of a page, for the script that lays it over what is open."""
    return render_template("accounts/_switch.html", over=True, **content(SwitchForm(formdata=None)))


@bp.get("/state")
@public_poll
def state() -> Response:
    """Who is signed in in this browser, for a page that waits for somebody to be."""
    standing = g.get("standing")
    who: dict[str, str | None] = {"user_id": None, "name": None, "initials": None, "csrf": None}
    if standing is None:
        return for_script(who)
    name = standing.name
    who |= {"user_id": str(standing.acting.actor_id), "name": name, "csrf": generate_csrf()}
    return for_script(who | {"initials": formatting.initials(name)})


@bp.post("/lock")
@public
def lock() -> Any:
    """Leave the tablet: nobody is signed in on it any more."""
    device, form = tablet(), LockForm()
    switching.lock(device)
    if wants_json():
        return for_script({})
    back = way_back(form.next.data)
    if form.to.data == "sign-in":
        return redirect(url_for("security.login", next=back), 303)
    return redirect(url_for("switch.show", next=back), 303)


@bp.get("/signed-in")
@requires(Permission.OWN_ACCOUNT)
def signed_in() -> str:
    """Somebody signed in beside a page that waits for it."""
    return render_template("accounts/signed_in.html")


def tablet() -> Device:
    """The shared tablet of this request. Aborts 404 on any other machine."""
    return switching.this_device() or abort(404)


def at_the_tablet(person: User) -> dict[str, str]:
    """What a script is told of whoever took over."""
    name = full_name(person)
    about = {"user_id": str(person.id), "name": name, "initials": formatting.initials(name)}
    return about | {"csrf": generate_csrf()}


def for_script(said: Mapping[str, str | None]) -> Response:
    """JSON in which no name can be read as markup, whatever somebody is called."""
    return Response(htmlsafe_json_dumps(said), mimetype="application/json")


def way_back(target: str | None) -> str:
    """A page of ours; the first one when it is none."""
    return target if target and is_own_address(target) else url_for("core.start")


def refused(form: SwitchForm) -> Any:
    """What was wrong: beside the digits, or for a script by field."""
    if wants_json():
        raise Unprocessable(form.plain_errors)
    return page(form), 422


def page(form: SwitchForm) -> str:
    """The page with a form, empty or refused."""
    return render_template("accounts/switch.html", over=False, **content(form))


def content(form: SwitchForm) -> dict[str, Any]:
    """What page and panel show. The digits that were typed are never shown again."""
    device = switching.this_device()
    people = switching.people_here(device) if device else []
    standing = g.get("standing")
    zone = ZoneInfo(clinic_by_id(device.clinic_id).timezone) if device else None
    return {
        "form": form,
        "device": device,
        "zone": zone,
        "people": [(one, f"{one.signed_in_at.astimezone(zone):%H:%M}") for one in people],
        "here": standing.acting.actor_id if standing else None,
        "lock_minutes": switching.lock_minutes(),
    }
