"""This package is about what the browser sends: proofs of who one is, duties, a search."""

from clinic.accounts.forms.account import ClinicForm
from clinic.accounts.forms.duties import DutyChangeForm, DutyForm
from clinic.accounts.forms.signing_in import (
    CodeForm,
    NewPasswordForm,
    PasswordAgainForm,
    RecoveryCodeForm,
    SignInForm,
    is_password,
    too_many,
)
from clinic.accounts.forms.trail import TrailExportForm, TrailForm, WhoViewedForm

__all__ = [
    "ClinicForm",
    "CodeForm",
    "DutyChangeForm",
    "DutyForm",
    "NewPasswordForm",
    "PasswordAgainForm",
    "RecoveryCodeForm",
    "SignInForm",
    "TrailExportForm",
    "TrailForm",
    "WhoViewedForm",
    "is_password",
    "too_many",
]
