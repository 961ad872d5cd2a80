"""This package is about protocols: what a clinic has decided, as data."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages and the commands."""
    from clinic import instruments
    from clinic.protocols import commands, queries, views

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.protocols)
    instruments.use_with(app, queries.uses_of_scales)
