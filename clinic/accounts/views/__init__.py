"""This package is about the pages of accounts: one's own, duties, tablets, the trail."""

from clinic.accounts.views import account, devices, duties, switch, trail
from clinic.accounts.views.account import own_clinics

__all__ = ["BLUEPRINTS", "own_clinics"]

BLUEPRINTS = (account.bp, devices.bp, duties.bp, switch.bp, trail.bp)
