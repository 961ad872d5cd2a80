"""This package is about clinics, who works there, how they prove it, their duties and tablets."""

from clinic.accounts.models.browsers import Device, DeviceUser, SignInThrottle, UserSession
from clinic.accounts.models.duties import Duty
from clinic.accounts.models.openid import OpenIdSubject
from clinic.accounts.models.people import Clinic, Membership, User
from clinic.accounts.models.proofs import OneTimeLink, Passkey

__all__ = [
    "Clinic",
    "Device",
    "DeviceUser",
    "Duty",
    "Membership",
    "OneTimeLink",
    "OpenIdSubject",
    "Passkey",
    "SignInThrottle",
    "User",
    "UserSession",
]
