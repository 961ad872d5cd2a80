"""This package is about handing over the data: exports, their dictionary, who took them and why."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages, the formats of files, the worker, and its share of the tick."""
    from clinic.followups.commands import add_to_tick
    from clinic.reports import commands, views
    from clinic.reports.actions.csv_files import CSV
    from clinic.reports.actions.formats import register
    from clinic.reports.actions.papers import COURSES, RECORDS
    from clinic.reports.actions.spreadsheets import XLSX

    app.register_blueprint(views.bp)
    views.open_obligations(app)
    for form in (CSV, XLSX, RECORDS, COURSES, views.OUTCOMES):
        register(form)
    app.cli.add_command(commands.worker)
    add_to_tick(app, "exports", commands.tick)
