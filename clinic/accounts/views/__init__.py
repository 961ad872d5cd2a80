"""This package is about the pages of accounts: one's own, staff, duties, tablets, the trail."""

from clinic.accounts.views import (
    account,
    devices,
    duties,
    one_time,
    openid,
    passkeys,
    staff,
    switch,
    trail,
)
from clinic.accounts.views.account import left_handed, own_clinics

__all__ = ["BLUEPRINTS", "left_handed", "own_clinics"]

BLUEPRINTS = (
    account.bp,
    devices.bp,
    duties.bp,
    one_time.bp,
    openid.bp,
    passkeys.bp,
    staff.bp,
    switch.bp,
    trail.bp,
)
