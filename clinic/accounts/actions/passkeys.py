"""This file is about passkeys: kept after a device made one, used, taken off."""

import uuid
from dataclasses import dataclass

from clinic.accounts.models import Passkey, User
from clinic.accounts.queries.passkeys import passkey_by_credential, passkeys_of
from clinic.accounts.queries.people import user_by_id
from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable

TAKEN = "This device has a passkey here already."
LAST = "This is your only second step. Set up another one before you take it off."
MOST = 10


@dataclass(frozen=True)
class NewKey:
    """What a device made. credential_id, public_key: base64 without padding."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: str


def keep_passkey(user_id: uuid.UUID, name: str, made: NewKey) -> Passkey:
    """Let a device prove who a person is. Raises Unprocessable (field `name` or `credential`)."""
    own = passkeys_of(user_id)
    if any(one.name.casefold() == name.casefold() for one in own):
        raise Unprocessable({"name": ["Another passkey of yours has this name."]})
    if len(own) >= MOST:
        raise Unprocessable({"name": [f"You have {MOST} passkeys. Take one off first."]})
    if passkey_by_credential(made.credential_id) is not None:
        raise Unprocessable({"credential": [TAKEN]})
    passkey = Passkey(user_id=user_id, name=name, made_at=clock.now(), **vars(made))
    db.session.add(passkey)
    db.session.flush()
    return passkey


def note_use(passkey: Passkey, sign_count: int) -> None:
    """A device answered: how often it has, and when."""
    passkey.sign_count, passkey.used_at = sign_count, clock.now()
    db.session.flush()


def take_off(user_id: uuid.UUID, passkey_id: uuid.UUID) -> bool:
    """A device proves nothing any more. False: there is no such one of this person.

    Raises Conflict for the only second step of somebody who needs one.
    """
    own = passkeys_of(user_id)
    passkey = next((one for one in own if one.id == passkey_id), None)
    if passkey is None:
        return False
    if len(own) == 1 and is_needed(user_by_id(user_id)):
        raise Conflict(LAST)
    db.session.delete(passkey)
    db.session.flush()
    return True


def is_needed(person: User) -> bool:
    """Whether a person without passkeys would be without a second step where one is required."""
    return person.tf_primary_method is None and person.check_tf_required_setup()
