"""This package is about a clinic as a whole: taken out of an installation, and into another."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add `flask clinic export`, `import` and `schema`."""
    from clinic.operations import commands

    app.cli.add_command(commands.clinic)
