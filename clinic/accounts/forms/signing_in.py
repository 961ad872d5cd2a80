"""This file is about proving who one is: each try was counted before, each refusal reads alike."""

from datetime import timedelta
from functools import cache
from typing import Any

from flask import current_app, g
from flask_login import current_user
from flask_security import hash_password, verify_password
from flask_security.forms import (
    ChangePasswordForm,
    Form,
    LoginForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import PasswordField, StringField

from clinic.accounts.queries import clinics_of, user_by_email
from clinic.accounts.rules import (
    LONGEST_PASSWORD,
    Attempt,
    is_email,
    normalised_email,
    pause_in_words,
    tries_in_words,
)
from clinic.core.db import apart, db
from clinic.core.forms import required

NO_CLINIC = "You work in no clinic at the moment. Ask the person who looks after accounts."


class CountedForm(Form):
    """A form whose wrong tries are counted: see `clinic.accounts.sign_in.take_try`."""

    not_right = ""

    def is_paused(self) -> bool:
        """In a pause nothing is looked at."""
        attempt: Attempt | None = g.get("attempt")
        if attempt is None or attempt.verdict is None or not attempt.verdict.paused:
            return False
        self.form_errors.append(too_many(attempt.verdict.paused))
        return True

    def judge(self, right: bool) -> bool:
        """Note how the try ended. A wrong one is told in one sentence for the whole form."""
        attempt: Attempt | None = g.get("attempt")
        if attempt is not None and attempt.verdict is not None:
            attempt.was_right = right
            if not right:
                rest = tries_in_words(attempt.verdict.tries_left, attempt.verdict.pause)
                self.form_errors.append(f"{self.not_right} {rest}")
        elif not right:
            self.form_errors.append(self.not_right)
        return right


class SignInForm(CountedForm, LoginForm):
    """Work email and password. An unknown name costs the same time and reads the same."""

    not_right = "Work email or password is not right."
    email = StringField("Work email", [required("Enter your work email.")])
    password = PasswordField("Password", [required("Enter your password.")])
    remember = None

    def validate(self, **kwargs: Any) -> bool:
        """Find the person and check the password outside any transaction: hashing takes a while."""
        if self.is_paused() or not Form.validate(self, **kwargs):
            return False
        email = normalised_email(str(self.email.data))
        with apart(write=False) as reading:
            person = user_by_email(reading, email) if is_email(email) else None
            clinics = clinics_of(reading, person.id) if person else []
        right = is_password(str(self.password.data), person.password if person else dummy_hash())
        if g.get("attempt") and person:
            g.attempt.person_id = person.id
        if not self.judge(bool(person and person.active and right)):
            return False
        if not clinics:
            self.form_errors.append(NO_CLINIC)
            return False
        self.user = user_by_email(db.session(), email)
        return True


class PasswordAgainForm(CountedForm, VerifyForm):
    """The password of the person who is signed in, before something delicate."""

    not_right = "This is not your password."
    password = PasswordField("Password", [required("Enter your password.")])

    def validate(self, **kwargs: Any) -> bool:
        """Check it once."""
        if self.is_paused() or not Form.validate(self, **kwargs):
            return False
        return self.judge(is_password(str(self.password.data), str(self.user.password)))


class NewPasswordForm(CountedForm, ChangePasswordForm):
    """The old password and twice the new one."""

    not_right = "The password you have now is not right."
    password = PasswordField("Password now", [required("Enter the password you have now.")])
    new_password = PasswordField("New password", [required("Enter a new password.")])

    def validate(self, **kwargs: Any) -> bool:
        """First who it is, then whether the new one will do."""
        if self.is_paused():
            return False
        typed = str(self.password.data or "")
        if typed and not self.judge(is_password(typed, current_user.password)):
            return False
        return bool(ChangePasswordForm.validate(self, **kwargs))


class CodeForm(CountedForm, TwoFactorVerifyCodeForm):
    """The six digits of the authenticator app."""

    not_right = "This code is not right, or was used before."

    def validate(self, **kwargs: Any) -> bool:
        """Check it once; the code then counts as used."""
        return not self.is_paused() and judged_alone(self, TwoFactorVerifyCodeForm, kwargs)


class RecoveryCodeForm(CountedForm, MfRecoveryForm):
    """One of the codes for when the phone is lost."""

    not_right = "This recovery code is not right, or was used before."

    def validate(self, **kwargs: Any) -> bool:
        """Check it once."""
        return not self.is_paused() and judged_alone(self, MfRecoveryForm, kwargs)


def judged_alone(form: Any, checks: type[Form], kwargs: dict[str, Any]) -> bool:
    """Let a form of Flask-Security check its code, and say in our words how it ended."""
    right = bool(checks.validate(form, **kwargs))
    if form.code.data:
        form.code.errors = []
        form.judge(right)
    return right


def is_password(typed: str, password_hash: str) -> bool:
    """Whether a password is the one that was hashed. Always one hashing, whatever was typed."""
    fits = len(typed) <= LONGEST_PASSWORD and "\0" not in typed
    normalise = current_app.extensions["security"].password_util.normalize
    return bool(verify_password(normalise(typed) if fits else "?", password_hash)) and fits


@cache
def dummy_hash() -> str:
    """A hash of the cost of every other, for names that nobody has."""
    return str(hash_password("nobody has this password"))


def too_many(pause: timedelta) -> str:
    """What somebody is told who tries in a pause."""
    return f"Too many tries. Wait {pause_in_words(pause)}, then try again."
