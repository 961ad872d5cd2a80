"""This file is about the key under which a tablet keeps entries that it has not sent yet."""

import base64
import hmac
import uuid
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from clinic.core.acting import Acting

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of that curve
BYTES = 32


def owner_mark(somebody: Acting) -> str:
    """16 hex digits that stand for a person in a clinic where a tablet must tell people apart."""
    words = f"outbox-owner|{somebody.clinic_id}|{somebody.actor_id}"
    return hmac.new(secret(), words.encode(), sha256).hexdigest()[:16]


def outbox_key(somebody: Acting, tablet_id: uuid.UUID) -> dict[str, Any]:
    """The private key of a person on a tablet as a JSON Web Key (RFC 7517): always the same one.

    Its public half may stay on the tablet: it closes entries and opens none.
    """
    key = ec.derive_private_key(number_for(somebody, tablet_id), CURVE)
    point = key.public_key().public_numbers()
    private = key.private_numbers().private_value
    parts = {"x": point.x, "y": point.y, "d": private}
    return {"kty": "EC", "crv": "P-256", **{name: text(value) for name, value in parts.items()}}


def number_for(somebody: Acting, tablet_id: uuid.UUID) -> int:
    """A private number of the curve, by HKDF (RFC 5869) from the secret of the installation.

    48 bytes, so that none of the curve's numbers is likelier than another.
    """
    about = f"outbox-key|{somebody.clinic_id}|{somebody.actor_id}".encode()
    bytes_ = HKDF(algorithm=SHA256(), length=48, salt=tablet_id.bytes, info=about).derive(secret())
    return int.from_bytes(bytes_) % (ORDER - 1) + 1


def secret() -> bytes:
    """The secret of the installation."""
    key: str = current_app.config["SECRET_KEY"]
    return key.encode()


def text(number: int) -> str:
    """A number of the curve as base64url without padding."""
    return base64.urlsafe_b64encode(number.to_bytes(BYTES)).rstrip(b"=").decode()
