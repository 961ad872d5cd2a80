"""This file is about the second step with a passkey, as Flask-Security's sign-in sees it."""

from typing import Any, cast

from flask import Flask, redirect, session, url_for
from flask_security.tf_plugin import TfPluginBase, tf_check_state

from clinic.accounts.models import User

PASSKEY = "passkey"


class PasskeyStep(TfPluginBase):
    """The way from a right password to the page that asks for a passkey."""

    def __init__(self, _app: Flask) -> None:
        """It has no state."""

    def create_blueprint(self, *_: Any) -> None:
        """Our pages are our own."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Whether a person has one."""
        return [(PASSKEY, "Passkey")] if getattr(user, "has_passkey", False) else []

    def tf_login(self, user: Any, json_payload: dict[str, Any], next_loc: str | None) -> Any:
        """The password was right."""
        session["tf_state"] = "ready"
        return redirect(url_for("passkeys.prove", next=next_loc))


def half_signed_in(*states: str) -> User | None:
    """Whose password was right in this browser a moment ago, and nothing more."""
    return cast("User | None", tf_check_state(list(states)))


def complete(app: Flask, person: User) -> None:
    """Both steps are right: the person is signed in, under a new id."""
    app.extensions["security"].two_factor_plugins.tf_complete(person, True)


def init_app(app: Flask) -> None:
    """Let sign-in know the further second step."""
    app.extensions["security"].two_factor_plugins.register_tf_impl(app, PASSKEY, PasskeyStep)
