"""This file is about passkeys: what a browser is asked for, and whether its answer proves anything.

Each question is asked once: its random part lies in the session on the server and is taken away by
the first answer, right or wrong. An answer fits one address, one person and one question alone.
"""

import base64
import json
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import webauthn
from flask import request, session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from clinic.accounts.actions.passkeys import NewKey, note_use
from clinic.accounts.models import Passkey, User
from clinic.accounts.queries import full_name
from clinic.accounts.queries.passkeys import passkey_by_credential, passkeys_of
from clinic.core import clock
from clinic.core.errors import Unprocessable

ASKED = "passkey_asked"
ANSWER_WITHIN = timedelta(minutes=5)
LONGEST_ANSWER = 20_000
NOT_TAKEN = "This device gave no passkey that can be used here. Try once more."
BROKEN = (ValueError, KeyError, TypeError, AttributeError, WebAuthnException)


class Purpose(StrEnum):
    """What an answer is for: one for one thing is good for nothing else."""

    MAKE = "make"
    SIGN_IN = "sign-in"
    AGAIN = "again"


def to_make(person: User) -> str:
    """What a browser needs to let a device make a key, as JSON. The reader of this device will do,
    and so will a key on a cord or a phone."""
    options = webauthn.generate_registration_options(
        rp_id=own_name(),
        rp_name="Clinic",
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=full_name(person),
        challenge=ask(Purpose.MAKE),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=known(person),
    )
    return str(options_to_json(options))


def made(answer: str) -> NewKey:
    """The key that a device made. Raises Unprocessable (field `credential`)."""
    challenge = asked(Purpose.MAKE)
    try:
        if challenge is None or len(answer) > LONGEST_ANSWER:
            raise ValueError("nothing was asked")
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=own_name(),
            expected_origin=own_origin(),
        )
        said = json.loads(answer).get("response", {}).get("transports", [])
        ways = ",".join(one for one in said if isinstance(one, str) and one.isalpha())[:100]
    except BROKEN:
        raise Unprocessable({"credential": [NOT_TAKEN]}) from None
    return NewKey(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
        ways,
    )


def to_prove(person: User, purpose: Purpose) -> str:
    """What a browser needs to let a device of this person answer, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=own_name(),
        challenge=ask(purpose),
        allow_credentials=known(person),
        user_verification=how_sure(purpose),
    )
    return str(options_to_json(options))


def is_proved(person: User, answer: str, purpose: Purpose) -> bool:
    """Whether a device of this person answered the question that was asked, now and here.

    In place of a password the device must have checked finger, face or PIN.
    """
    challenge = asked(purpose)
    try:
        if challenge is None or len(answer) > LONGEST_ANSWER:
            return False
        passkey = passkey_by_credential(str(json.loads(answer)["rawId"]))
        if passkey is None or passkey.user_id != person.id:
            return False
        return counted(passkey, answer, challenge, purpose)
    except BROKEN:
        return False


def counted(passkey: Passkey, answer: str, challenge: bytes, purpose: Purpose) -> bool:
    """Check an answer and note it. Raises WebAuthnException for a wrong one, and for a device
    that counts backwards: then there are two of it."""
    found = webauthn.verify_authentication_response(
        credential=answer,
        expected_challenge=challenge,
        expected_rp_id=own_name(),
        expected_origin=own_origin(),
        credential_public_key=base64url_to_bytes(passkey.public_key),
        credential_current_sign_count=passkey.sign_count,
        require_user_verification=how_sure(purpose) is UserVerificationRequirement.REQUIRED,
    )
    note_use(passkey, found.new_sign_count)
    return True


def how_sure(purpose: Purpose) -> UserVerificationRequirement:
    """Beside a password it is enough to hold the device; in place of one it is not."""
    if purpose is Purpose.AGAIN:
        return UserVerificationRequirement.REQUIRED
    return UserVerificationRequirement.PREFERRED


def known(person: User) -> list[PublicKeyCredentialDescriptor]:
    """The keys of a person, as a browser looks for them."""
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id))
        for one in passkeys_of(person.id)
    ]


def ask(purpose: Purpose) -> bytes:
    """A question that nobody can have seen before, kept until it is answered."""
    challenge = secrets.token_bytes(32)
    session[ASKED] = [purpose.value, base64.b64encode(challenge).decode(), moment()]
    return challenge


def asked(purpose: Purpose) -> bytes | None:
    """The question that was asked for this; it counts as answered from here on."""
    what, challenge, at = session.pop(ASKED, ["", "", moment()])
    in_time = clock.now() - datetime.fromisoformat(at) <= ANSWER_WITHIN
    return base64.b64decode(challenge) if what == purpose.value and in_time else None


def moment() -> str:
    """Now, as a session holds it."""
    return clock.now().isoformat()


def own_name() -> str:
    """The name of this server; the gate has let no other pass."""
    return request.host.rsplit(":", 1)[0] if ":" in request.host else request.host


def own_origin() -> str:
    """Where our pages come from."""
    return f"{request.scheme}://{request.host}"
