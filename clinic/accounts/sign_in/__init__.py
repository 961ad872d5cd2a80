"""This package is about signing in: Flask-Security as this program uses it."""

from flask import Flask
from flask_login import user_logged_out
from flask_security import Security, password_changed, user_authenticated

from clinic.accounts import forms
from clinic.accounts.sign_in import confirming, openid, second_step, settings
from clinic.accounts.sign_in.forgotten import can_write
from clinic.accounts.sign_in.handing import confine, form_in_hand, hand_over
from clinic.accounts.sign_in.identity import (
    identify,
    on_password_changed,
    on_signed_in,
    on_signed_out,
)
from clinic.accounts.sign_in.switching import lock_minutes, this_device
from clinic.accounts.sign_in.tries import before_sign_in_pages, reauthenticate, settle
from clinic.accounts.sign_in.walls import hang_up
from clinic.core import gate, signatures

__all__ = [
    "can_write",
    "form_in_hand",
    "hand_over",
    "hang_up",
    "init_app",
    "lock_minutes",
    "this_device",
]


def init_app(app: Flask) -> None:
    """Set up Flask-Security, tell the core who is there, and listen to what happens."""
    settings.configure(app)
    app.before_request(before_sign_in_pages)
    app.after_request(settle)
    Security(
        app,
        settings.datastore(),
        login_form=forms.SignInForm,
        verify_form=forms.PasswordAgainForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        password_util_cls=settings.Passwords,
        totp_cls=settings.Codes,
        mail_util_cls=settings.NoMail,
    )
    second_step.init_app(app)
    openid.init_app(app)
    # Only the session says who is there: no tokens in headers.
    app.extensions["security"].login_manager.request_loader(lambda _request: None)
    user_authenticated.connect(on_signed_in, app)
    user_logged_out.connect(on_signed_out, app)
    password_changed.connect(on_password_changed, app)
    gate.identify_with(app, identify)
    gate.confine_with(app, confine)
    gate.confirm_with(app, confirming.ask)
    signatures.reauthenticate_with(app, reauthenticate)
