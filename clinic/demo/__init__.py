"""This package is about the demonstration: invented people and sessions, as if it were now."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add `flask demo load`."""
    from clinic.demo import commands

    app.cli.add_command(commands.demo)
