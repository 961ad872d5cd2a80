"""This file is about the page of shared tablets, and about the PIN that opens them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for

from clinic.accounts.actions import devices as actions
from clinic.accounts.actions.pins import set_pin
from clinic.accounts.forms import DeviceChangeForm, DeviceForm, PinForm
from clinic.accounts.models import Device
from clinic.accounts.queries import names_of
from clinic.accounts.queries.devices import devices
from clinic.accounts.sign_in.tries import reauthenticate
from clinic.accounts.views.account import own_sitting
from clinic.core.acting import acting
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404

bp = Blueprint("devices", __name__)

COOKIE_DAYS = 400  # the longest that browsers keep one
A_DAY = 24 * 60 * 60
SIGN_OUT_NEXT = "Sign out; everybody signs in once a day and comes back by PIN."


@bp.get("/tablets")
@requires(Permission.CLINIC_CONFIGURE)
def show() -> str:
    """The clinic's tablets, and a form to enrol the one in one's hands."""
    number = sum(device.ended_at is None for device in devices()) + 1
    return page(DeviceForm(formdata=None, name=f"Tablet {number}"))


@bp.post("/tablets")
@requires(Permission.CLINIC_CONFIGURE)
def enrol() -> Any:
    """Enrol this tablet."""
    form = DeviceForm()
    if not form.validate():
        return page(form), 422
    try:
        device, token = actions.enrol(form.name.data, form.room.data)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(form), 422
    flash(f"This is {device.label} now. {SIGN_OUT_NEXT}", "success")
    return marked(redirect(url_for("devices.show"), 303), token)


@bp.post("/tablets/<uuid:device_id>/end")
@requires(Permission.CLINIC_CONFIGURE)
def end(device_id: UUID) -> Any:
    """End a tablet that is lost, broken or given away."""
    form = DeviceChangeForm()
    form.validate()
    device = get_or_404(Device, device_id, clinic_id=acting().clinic_id)
    actions.end_device(device, form.version.data)
    flash(f"{device.label} is no shared tablet any more.", "success")
    return redirect(url_for("devices.show"), 303)


@bp.get("/account/pin")
@requires(Permission.OWN_ACCOUNT)
def pin() -> str:
    """Choose a PIN for shared tablets."""
    return render_template("accounts/pin.html", form=PinForm(formdata=None), sitting=own_sitting())


@bp.post("/account/pin")
@requires(Permission.OWN_ACCOUNT)
def keep_pin() -> Any:
    """Keep it, once the password was right."""
    form = PinForm()
    if form.validate() and not reauthenticate(str(form.password.data)):
        form.password.errors = ["This is not your password."]
    if form.errors:
        return render_template("accounts/pin.html", form=form, sitting=own_sitting()), 422
    set_pin(acting().actor_id, str(form.pin.data))
    flash("Your PIN is set. It works on tablets on which you have signed in today.", "success")
    return redirect(url_for("accounts.show"), 303)


def marked(response: Any, token: str) -> Response:
    """Leave the tablet's token in this browser: this host, no script, no other site."""
    made: Response = response
    made.set_cookie(
        current_app.config["DEVICE_COOKIE"],
        token,
        max_age=COOKIE_DAYS * A_DAY,
        path="/",
        httponly=True,
        secure=current_app.config["SECURE_COOKIES"],
        samesite="Lax",
    )
    return made


def page(form: DeviceForm) -> str:
    """The page with a form, empty or refused."""
    found = devices()
    names = names_of({device.enrolled_by_id for device in found})
    return render_template("accounts/devices.html", form=form, devices=found, names=names)
