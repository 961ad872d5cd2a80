"""This file is about her date of birth: asked once per phone, three tries, then locked."""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from clinic.accounts.queries.duties import on_duty
from clinic.accounts.rules.duties import DutyKind
from clinic.core import audit, clock
from clinic.core.db import apart
from clinic.links.actions.tokens import hash_of
from clinic.links.models import KnownPhone, PrivateLink
from clinic.messages.actions import put_message
from clinic.patients.models import Patient

MOST_WRONG = 3
TOLD = "Please sign in: a private link was locked."


@dataclass(frozen=True)
class BirthTry:
    """What a try came to. `cookie`: what this phone is known by from now on; None: wrong."""

    cookie: str | None
    left: int

    @property
    def locked(self) -> bool:
        """Whether the link opens nothing any more."""
        return self.cookie is None and self.left == 0


def try_birth(link_id: uuid.UUID, born_on: date | None) -> BirthTry:
    """Compare a date with hers; the try is counted apart, whatever becomes of the request.

    Called before the main transaction begins. None, a text that is no date, is a wrong one.
    """
    with apart() as counting:
        found = select(PrivateLink).where(PrivateLink.id == link_id).with_for_update()
        link = counting.scalars(found).one()
        hers = counting.scalars(select(Patient.born_on).where(Patient.id == link.patient_id)).one()
        if link.locked_at is not None:
            return BirthTry(None, 0)
        typed = born_on.isoformat() if born_on else ""
        if hmac.compare_digest(typed.encode(), hers.isoformat().encode()):
            cookie = secrets.token_urlsafe(32)
            known = KnownPhone(patient_id=link.patient_id, token_hash=hash_of(cookie))
            known.proved_at = clock.now()
            counting.add(known)
            return BirthTry(cookie, MOST_WRONG)
        link.wrong_births += 1
        left = max(MOST_WRONG - link.wrong_births, 0)
        link.locked_at = None if left else clock.now()
        audit.note(counting, "wrong-birth", "PrivateLink", link.id, patient_id=link.patient_id)
    return BirthTry(None, left)


def tell_of_lock(link_id: uuid.UUID) -> None:
    """Tell whoever is in charge that a link locked itself. The list of links says which."""
    for _, user_id in on_duty(DutyKind.IN_CHARGE) or on_duty(DutyKind.ON_CALL):
        key = f"link:{link_id}:locked:{user_id}"
        put_message(key=key, user_id=user_id, purpose="link-locked", text=TOLD)
