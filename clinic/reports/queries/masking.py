"""This file is about the mask over an export of the clinic that somebody acts for."""

import hmac
from hashlib import sha256

from flask import current_app

from clinic.accounts.queries import own_clinic
from clinic.core.acting import acting
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order


def own_mask(*, identified: bool) -> Mask:
    """Nothing is masked in an identified export; else the mask with the clinic's key."""
    return Mask.plain() if identified else Mask.keyed(own_key())


def mask_for(order: Order) -> Mask:
    """What stands between the records and the file of an order."""
    return own_mask(identified=order.identified)


def own_key() -> bytes:
    """32 bytes that only this installation can make, another for each clinic.

    Derived from the application's secret: whoever has a file without it can neither move the days
    back nor try numbers of patients.
    """
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(secret, b"deidentified\0" + acting().clinic_id.bytes, sha256)


def clinic_in(order: Order) -> str:
    """How the clinic is called in an order's files and in their names: masked, by its pseudonym."""
    return mask_for(order).of(None).id(own_clinic().code)
