"""This package is about what may be asked of clinics, people, sittings and duties."""

from clinic.accounts.queries.browsers import (
    Sitting,
    browser_by_token,
    counts,
    open_browsers,
    stale_browsers,
)
from clinic.accounts.queries.devices import device_label
from clinic.accounts.queries.duties import names_on_duty, on_duty
from clinic.accounts.queries.people import (
    clinic_by_code,
    clinic_by_id,
    clinics_of,
    everybody,
    everybody_here,
    full_name,
    initials,
    membership_of,
    names_of,
    own_clinic,
    staff,
    user_by_email,
    user_by_id,
)

__all__ = [
    "Sitting",
    "browser_by_token",
    "clinic_by_code",
    "clinic_by_id",
    "clinics_of",
    "counts",
    "device_label",
    "everybody",
    "everybody_here",
    "full_name",
    "initials",
    "membership_of",
    "names_of",
    "names_on_duty",
    "on_duty",
    "open_browsers",
    "own_clinic",
    "staff",
    "stale_browsers",
    "user_by_email",
    "user_by_id",
]
