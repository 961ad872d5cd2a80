"""This package is about handing over the data: exports, their dictionary, who took them and why."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages, the formats of files, the worker, and its share of the tick."""
    from clinic.followups.commands import add_to_tick
    from clinic.reports import commands, views
    from clinic.reports.actions import csv_files, spreadsheets
    from clinic.reports.actions.formats import register
    from clinic.reports.views import paper_formats

    app.register_blueprint(views.bp)
    views.open_obligations(app)
    for form in (csv_files.CSV, spreadsheets.XLSX, paper_formats.RECORDS):
        register(form)
    app.cli.add_command(commands.worker)
    add_to_tick(app, "exports", commands.tick)
