"""This file is about who is there: from the browser's session to a person at work in a clinic."""

from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, request, session

from clinic.accounts import actions
from clinic.accounts.actions import devices
from clinic.accounts.actions.sittings import Person
from clinic.accounts.models import Device, User
from clinic.accounts.queries import clinics_of, full_name
from clinic.accounts.sign_in.openid import clinic_come_for
from clinic.accounts.sign_in.walls import is_taken_down
from clinic.accounts.web_session import PROVED, ServerSession
from clinic.core import audit, clock
from clinic.core.acting import Acting
from clinic.core.db import db
from clinic.core.gate import SharedDevice, Standing


def identify() -> Standing | None:
    """The signed-in person in the clinic of their sitting, as of this request."""
    browser = cast(ServerSession, session)
    sitting = browser.sitting
    if sitting is None or is_taken_down(browser):
        return None
    if request.blueprint != "security":
        # Flask-Login would ask again; its own pages change the person and need them attached.
        g._login_user = sitting.user
    clinic = sitting.clinic
    return Standing(
        acting=Acting(sitting.user.id, clinic.id, ZoneInfo(clinic.timezone)),
        role=sitting.membership.role,
        name=full_name(sitting.user),
        clinic_name=clinic.name,
        device=shared(browser.device, clinic.id),
    )


def shared(device: Device | None, clinic_id: UUID) -> SharedDevice | None:
    """The tablet as the rest of the program knows it, where it is of the clinic somebody is in."""
    if device is None or device.clinic_id != clinic_id:
        return None
    return SharedDevice(device.id, device.label)


def on_signed_in(_app: Any, *, user: User, authn_via: list[str] | None, **_: Any) -> None:
    """A person proved who they are: a new sitting, under a new id."""
    session[PROVED] = clock.now().timestamp()
    browser = cast(ServerSession, session)
    if authn_via == ["change"] and browser.sitting is not None:
        browser.begin(Person(user.id, browser.sitting.clinic.id))
        return
    clinics = clinics_of(db.session(), user.id)
    device = browser.device
    clinic = clinic_come_for(clinics) or next(
        (one for one in clinics if device and one.id == device.clinic_id), clinics[0]
    )
    browser.begin(Person(user.id, clinic.id))
    if device is not None and device.clinic_id == clinic.id:
        devices.know_on(device, user.id)
    audit.note(db.session(), "sign-in", "User", user.id, actor_id=str(user.id), clinic=clinic.code)


def renew() -> None:
    """Password or passkey was proved once more: the same sitting under a new id."""
    browser = cast(ServerSession, session)
    if browser.sitting is not None:
        session[PROVED] = clock.now().timestamp()
        browser.begin(Person(browser.sitting.user.id, browser.sitting.clinic.id))


def on_signed_out(_app: Any, **_: Any) -> None:
    """The sitting ends on the server."""
    browser = cast(ServerSession, session)
    if browser.sitting is not None:
        person_id = browser.sitting.user.id
        audit.note(db.session(), "sign-out", "User", person_id, actor_id=str(person_id))
        if browser.device is not None:
            devices.forget_on(browser.device.id, person_id)
    browser.end()


def on_password_changed(_app: Any, *, user: User, **_: Any) -> None:
    """Every other sitting ends at once."""
    actions.note_password_change(user)
