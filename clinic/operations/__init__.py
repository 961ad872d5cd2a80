"""This package is about running the program: whole clinics, backups, upgrades, how it stands."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the operator's commands."""
    from clinic.operations import commands

    for command in commands.COMMANDS:
        app.cli.add_command(command)
