"""This package is about running the program: whole clinics, backups, upgrades, how it stands."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the operator's commands, and the pages that say how the installation stands."""
    from clinic.operations import commands, views

    app.register_blueprint(views.bp)
    for command in commands.COMMANDS:
        app.cli.add_command(command)
