"""This file is about shared tablets: which one an entry came from, and what a locked one shows."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, render_template

from clinic.accounts.models import Device
from clinic.accounts.queries import clinic_by_id
from clinic.accounts.sign_in import this_device
from clinic.core import clock
from clinic.core.acting import Acting, set_acting
from clinic.core.gate import standing
from clinic.core.permissions import public_poll
from clinic.sessions.forms import EntryForm
from clinic.sessions.queries import board as running_sessions
from clinic.sessions.rules.log import Entry
from clinic.sessions.rules.tablet_clock import clock_off as clock_off_by
from clinic.sessions.views.blueprint import bp


def name_tablet(form: EntryForm) -> None:
    """An entry sent from an enrolled tablet says so, whatever it claims; others say what they say.

    It is no part of the content: sent again from another place it is the same entry.
    """
    if (device := standing().device) is not None:
        form.device_id.data = str(device.id)


@bp.get("/locked")
@public_poll
def locked() -> str:
    """The running sessions of the clinic of an enrolled tablet, by room. 404 anywhere else."""
    device = this_device() or abort(404)
    if "standing" not in g:
        look_as(device)
    elif g.standing.device is None:
        abort(404)
    now = clock.now()
    return render_template("sessions/_locked.html", rows=running_sessions(now))


@bp.app_template_global("clock_off")
def clock_off(entry: Entry) -> str:
    """That the clock of the tablet that wrote an entry was off, in words; nothing otherwise."""
    return clock_off_by(entry, timedelta(minutes=current_app.config["TABLET_CLOCK_MINUTES"]))


def look_as(device: Device) -> None:
    """Nobody is at the tablet: it looks at its own clinic by itself, and only looks."""
    clinic = clinic_by_id(device.clinic_id)
    set_acting(Acting(device.id, clinic.id, ZoneInfo(clinic.timezone)))
