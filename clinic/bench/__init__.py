"""This package is about measuring the program at the size of years, on a database of its own."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add `flask bench export`."""
    from clinic.bench import commands

    app.cli.add_command(commands.bench)
