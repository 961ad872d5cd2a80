"""This package is about clinics, the people who work there, and who is at the keyboard."""

from flask import Flask

from clinic.accounts import commands, queries, sign_in, views, web_session

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Keep sessions on the server, set up sign-in, register the pages and the commands."""
    web_session.init_app(app)
    sign_in.init_app(app)
    for bp in views.BLUEPRINTS:
        app.register_blueprint(bp)
    app.jinja_env.globals.update(
        names_on_duty=queries.names_on_duty,
        left_handed=views.left_handed,
        own_clinics=views.own_clinics,
        device_label=queries.device_label,
        this_device=sign_in.this_device,
        lock_minutes=sign_in.lock_minutes,
        can_write=sign_in.can_write,
    )
    commands.init_app(app)
