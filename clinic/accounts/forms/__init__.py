"""This package is about what the browser sends: proofs of who one is, duties, a search."""

from clinic.accounts.forms.account import ClinicForm, HandForm
from clinic.accounts.forms.devices import (
    DeviceChangeForm,
    DeviceForm,
    LockForm,
    PinForm,
    SwitchForm,
)
from clinic.accounts.forms.duties import DutyChangeForm, DutyForm, LimitForm
from clinic.accounts.forms.passkeys import NewPasskeyForm, PasskeyForm
from clinic.accounts.forms.signing_in import (
    CodeForm,
    NewPasswordForm,
    PasswordAgainForm,
    RecoveryCodeForm,
    SignInForm,
    is_password,
    too_many,
)
from clinic.accounts.forms.staff import (
    CodeOnceForm,
    ForgottenForm,
    InviteForm,
    OwnPasswordForm,
    PlaceForm,
    RoleForm,
    SittingsForm,
)
from clinic.accounts.forms.trail import TrailExportForm, TrailForm, WhoViewedForm

__all__ = [
    "ClinicForm",
    "CodeForm",
    "CodeOnceForm",
    "DeviceChangeForm",
    "DeviceForm",
    "DutyChangeForm",
    "DutyForm",
    "ForgottenForm",
    "HandForm",
    "InviteForm",
    "LimitForm",
    "LockForm",
    "NewPasskeyForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "PasskeyForm",
    "PasswordAgainForm",
    "PinForm",
    "PlaceForm",
    "RecoveryCodeForm",
    "RoleForm",
    "SignInForm",
    "SittingsForm",
    "SwitchForm",
    "TrailExportForm",
    "TrailForm",
    "WhoViewedForm",
    "is_password",
    "too_many",
]
