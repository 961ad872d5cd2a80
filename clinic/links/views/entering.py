"""This file is about who comes through a private link: which link, whose phone, what may be shown.

A GET changes nothing of a link: programs that read mail open every address they find.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.accounts.actions import throttle
from clinic.accounts.queries import own_clinic
from clinic.accounts.rules import NO_TIME
from clinic.accounts.sign_in import form_in_hand
from clinic.core.acting import Acting, set_acting
from clinic.core.db import apart, db, end_reading
from clinic.links.actions import hash_of
from clinic.links.actions.sending import is_running
from clinic.links.models import KnownPhone, LinkAnswer, PrivateLink
from clinic.links.queries import Asked, answers_of, link_by_token_hash, questions_of
from clinic.links.rules import LinkWay
from clinic.links.views.blueprints import phone
from clinic.messages.queries import Settings, settings
from clinic.patients.models import Patient

STRANGERS = 30  # wrong addresses from one place before a pause
A_PHONE_IS_KNOWN = timedelta(days=180)


@dataclass(frozen=True)
class Visit:
    """What a page of hers needs. `asked` is empty when nothing may be asked any more."""

    link: PrivateLink
    patient: Patient
    clinic_name: str
    settings: Settings
    asked: list[Asked]
    given: list[LinkAnswer]
    known: bool
    in_hand: bool

    @property
    def runs(self) -> bool:
        """Whether she may answer."""
        return is_running(self.link) and bool(self.asked) and self.is_hers

    @property
    def is_hers(self) -> bool:
        """Whether this browser may use it: a form for the tablet opens nowhere else."""
        return self.in_hand or self.link.way is LinkWay.PHONE

    def newest(self, asked: Asked) -> LinkAnswer | None:
        """Her newest answer to a question."""
        place = (asked.part, asked.question.code)
        same = [one for one in self.given if (one.part, one.question) == place]
        return same[-1] if same else None

    @property
    def next_number(self) -> int:
        """The first question that she has not reached, from 1; the last one when there is none."""
        open_ones = [n for n, one in enumerate(self.asked, 1) if self.newest(one) is None]
        return open_ones[0] if open_ones else len(self.asked)


@phone.url_value_preprocessor
def take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Every address of hers begins with the token; no view needs it."""
    g.link_token = (values or {}).pop("token", "")


@phone.before_request
def enter() -> Any:
    """Find the link of an address. Nobody signed in acts here: she does."""
    token = str(g.link_token)
    end_reading()
    with apart(write=False) as reading:
        door = link_by_token_hash(reading, hash_of(token))
    if door is None:
        return stranger()
    g.link_id = door.link_id
    set_acting(Acting(door.patient_id, door.clinic_id, ZoneInfo(door.timezone)))
    return None


@phone.after_request
def leave_no_trace(response: Response) -> Response:
    """No search engine keeps it; a tablet in her hands forgets the pages of the staff."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    if form_in_hand() is not None:
        response.headers["Clinic-Owner"] = "handed"
    return response


def stranger() -> Response:
    """An address that leads nowhere: the same page as a link that has ended. Guessing is slowed."""
    secret = current_app.config["SECRET_KEY"].encode()
    place = hmac.new(secret, f"link\0{request.remote_addr}".encode(), hashlib.sha256).hexdigest()
    try:
        with apart() as counting:
            verdict = throttle.take_try(counting, {place: STRANGERS})
    except IntegrityError:  # two first tries at once: the next one counts
        return ended()
    if verdict.paused > NO_TIME:
        response = ended()
        response.status_code = 429
        response.headers["Retry-After"] = str(int(verdict.paused.total_seconds()) + 1)
        return response
    return ended()


def ended() -> Response:
    """This link has ended; no name is shown, and nothing tells an old link from a guess."""
    asked = request.args.get("asked") == "1"
    return Response(render_template("links/ended.html", asked=asked), 404)


def visit() -> Visit:
    """The link of this request with everything around it."""
    link = db.session.scalars(select(PrivateLink).where(PrivateLink.id == g.link_id)).one()
    in_hand = form_in_hand() == beginning_of()
    return Visit(
        link=link,
        patient=db.session.get_one(Patient, link.patient_id),
        clinic_name=own_clinic().name,
        settings=settings(),
        asked=questions_of(link),
        given=answers_of([link.id])[link.id],
        known=in_hand or is_known(link),
        in_hand=in_hand,
    )


def beginning_of() -> str:
    """How the addresses of this form begin."""
    return url_for("phone.start", token=g.link_token)


def is_known(link: PrivateLink) -> bool:
    """Whether she gave her date of birth on this phone before."""
    cookie = request.cookies.get(cookie_name())
    if not cookie:
        return False
    known = select(KnownPhone.id).where(
        KnownPhone.token_hash == hash_of(cookie), KnownPhone.patient_id == link.patient_id
    )
    return db.session.scalar(known) is not None


def cookie_name() -> str:
    """The name of the cookie by which a phone is known."""
    return "__Host-phone" if current_app.config["SECURE_COOKIES"] else "phone"


def remember(response: Response, cookie: str) -> Response:
    """Let the phone be known: to this server alone, to no script."""
    response.set_cookie(
        cookie_name(),
        cookie,
        max_age=A_PHONE_IS_KNOWN,
        path="/",
        httponly=True,
        secure=bool(current_app.config["SECURE_COOKIES"]),
        samesite="Lax",
    )
    return response


def go(endpoint: str, **values: Any) -> Any:
    """To another page of the same link."""
    return redirect(url_for(f"phone.{endpoint}", token=g.link_token, **values), 303)
