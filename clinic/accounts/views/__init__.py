"""This package is about the pages of accounts: one's own, the duties, the trail."""

from clinic.accounts.views import account, duties, trail
from clinic.accounts.views.account import own_clinics

__all__ = ["BLUEPRINTS", "own_clinics"]

BLUEPRINTS = (account.bp, duties.bp, trail.bp)
