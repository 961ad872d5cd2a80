"""This package is about the pages of accounts: one's own, the duties, the trail."""

from clinic.accounts.views import account

BLUEPRINTS = (account.bp,)
