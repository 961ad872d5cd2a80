"""This package is about what a clinic sends out: messages to a patient or to staff, and when."""

import uuid

from flask import Flask

from clinic.accounts.actions.links import tell_with


def init_app(app: Flask) -> None:
    """Register the pages, and say how a person of the staff is written to."""
    from clinic.messages import views

    app.register_blueprint(views.bp)
    tell_with(app, tell_staff)


def tell_staff(user_id: uuid.UUID, key: str, text: str) -> bool:
    """Put a message to a person of the staff. False: this server sends no e-mail."""
    from clinic.messages.actions import put_message
    from clinic.messages.queries.messages import can_send
    from clinic.messages.rules import Channel

    if not can_send(Channel.EMAIL):
        return False
    put_message(key=key, purpose="one-time-link", text=text, user_id=user_id)
    return True
