"""This file is about the page on which a clinic says how it writes to women, and its numbers."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from clinic.core.db import end_reading
from clinic.core.errors import Conflict
from clinic.core.permissions import Permission, requires
from clinic.messages import actions
from clinic.messages.forms import SettingsForm
from clinic.messages.models import MessageSettings
from clinic.messages.queries.messages import can_send
from clinic.messages.queries.settings import public_address, settings_row
from clinic.messages.rules import Channel

bp = Blueprint("messages", __name__, url_prefix="/settings/messages")

# Proposed where a clinic has not set its own; an administrator reads and saves them.
PROPOSED = {
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "reminder_count": 2,
    "reminder_hours": 24,
    "link_hours": 72,
}


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def show() -> Any:
    """Numbers, quiet hours, reminders."""
    form = SettingsForm(obj=settings_row() or MessageSettings(**PROPOSED))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                actions.save_settings(form.values(), form.version.data)
                flash("Saved.")
                return redirect(url_for(".show"), 303)
            except Conflict as clash:
                end_reading()
                form.form_errors.append(str(clash))
                status = 409
    page = render_template("messages/settings.html", form=form, **ways_out())
    return page, status


def ways_out() -> dict[str, Any]:
    """What the operator has set up."""
    return {
        "email": can_send(Channel.EMAIL),
        "sms": can_send(Channel.SMS),
        "address": public_address(),
    }
