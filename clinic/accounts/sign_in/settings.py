"""This file is about how Flask-Security is set: what it may do, what it keeps, how it speaks."""

import base64
import hashlib
from datetime import timedelta
from typing import Any, cast

from flask import Flask
from flask_security import (
    MailUtil,
    PasswordUtil,
    RoleMixin,
    SQLAlchemyUserDatastore,
    Totp,
    UserMixin,
)
from passlib.totp import TokenError
from zxcvbn import zxcvbn

from clinic.accounts.models import User
from clinic.accounts.rules import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    SHORTEST_WITH_SECOND_FACTOR,
)
from clinic.core import audit, clock
from clinic.core.db import db

# zxcvbn's scale: 3 withstands guessing at a stolen hash, 2 withstands guessing at the door.
GUESSABLE_BELOW = 3
GUESSABLE_BELOW_WITH_SECOND_FACTOR = 2
FRESH = timedelta(minutes=15)

FIXED: dict[str, Any] = {
    "WTF_CSRF_TIME_LIMIT": None,  # a tablet's form stays open for as long as a session takes
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/help",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/choose",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-step",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "SECURITY_VERIFY_URL": "/account/password-again",
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_CACHE_CONTROL": None,  # the core says no-store for every page
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # OWASP's floor is 19 MiB and two passes; this is above it.
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 32 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # one step of the app to either side
    "SECURITY_TOTP_ISSUER": "Clinic",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_FRESHNESS": FRESH,
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": (
        "The two new passwords differ. Enter the same one twice.",
        "error",
    ),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Choose another password than the one now.", "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": (
        "Your password is changed. You are signed out everywhere else.",
        "success",
    ),
    "SECURITY_MSG_REAUTHENTICATION_REQUIRED": ("Enter your password to go on.", "info"),
    "SECURITY_MSG_TWO_FACTOR_PERMISSION_DENIED": ("Sign in first.", "error"),
}


def configure(app: Flask) -> None:
    """Set the fixed settings, and derive the keys of stored secrets from the one secret."""
    for name, value in FIXED.items():
        app.config.setdefault(name, value)
    secret = app.config["SECRET_KEY"].encode()
    app.config["SECURITY_TOTP_SECRETS"] = {"1": derived(b"totp", secret).decode()}
    app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"] = [derived(b"recovery codes", secret)]


def derived(purpose: bytes, secret: bytes) -> bytes:
    """A key of its own for each purpose, 32 bytes in base64."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"clinic " + purpose + b"\0" + secret).digest())


class NoRoles(RoleMixin):
    """Flask-Security asks for a class; what a person may do is said by a membership."""

    name = ""


class FlushingDatastore(SQLAlchemyUserDatastore):
    """A datastore that leaves the commit to the request."""

    def commit(self) -> None:
        """Send what was changed; the request commits once, at its end."""
        db.session.flush()


def datastore() -> FlushingDatastore:
    """The people, as Flask-Security sees them."""
    return FlushingDatastore(db, User, NoRoles)


class Passwords(PasswordUtil):
    """Long enough, not too long, and not to be guessed."""

    def validate(
        self, password: str, is_register: bool, **about: Any
    ) -> tuple[list[str] | None, str]:
        """What is wrong (None: nothing), and the password in the spelling that is hashed."""
        spelling = self.normalize(password)
        return weaknesses(spelling, about["user"]), spelling


def weaknesses(spelling: str, person: User) -> list[str] | None:
    """Why a password will not do for a person."""
    shortest, least = SHORTEST_PASSWORD, GUESSABLE_BELOW
    if person.has_second_step:
        shortest, least = SHORTEST_WITH_SECOND_FACTOR, GUESSABLE_BELOW_WITH_SECOND_FACTOR
    if not shortest <= len(spelling) <= LONGEST_PASSWORD:
        return [
            f"Use {shortest} to {LONGEST_PASSWORD} characters; a few unrelated words work well."
        ]
    if "\0" in spelling:
        return ["Remove the characters that cannot be seen."]
    own = [person.email, *person.email.split("@"), *person.full_name.split(), "clinic"]
    if zxcvbn(spelling, user_inputs=own, max_length=LONGEST_PASSWORD)["score"] < least:
        return ["This is easy to guess. A few unrelated words work well."]
    return None


class Codes(Totp):
    """Codes of an authenticator app, each good for one use, by the application's clock."""

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Whether a code is right now and was not used. It counts as used from here on."""
        person = cast(User, user)
        try:
            match = self._totp.verify(
                str(token),
                totp_secret,
                window=window,
                time=clock.now(),
                last_counter=person.tf_last_counter,
            )
        except (TokenError, ValueError):
            return False
        person.tf_last_counter = match.counter
        return True


class NoMail(MailUtil):
    """This program sends no mail; a call for help is left where whoever looks after it reads."""

    def send_mail(self, template: str, *_: Any, **about: Any) -> None:
        """Note the wish instead."""
        audit.note(db.session(), "ask-for-help", "User", about["user"].id)
