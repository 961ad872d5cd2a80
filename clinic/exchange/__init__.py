"""This package is about other systems: records in their words, and the codes of the outside."""

from pathlib import Path

from flask import Flask


def init_app(app: Flask) -> None:
    """Read the codes, and register the formats. A map that cannot be used stops the start."""
    from clinic.exchange.actions import BULK, BUNDLE, SDTM
    from clinic.exchange.actions.reading import BOOK
    from clinic.exchange.library import code_book, snomed_map
    from clinic.reports.actions.formats import register

    path = app.config.get("SNOMED_MAP")
    app.extensions[BOOK] = code_book().with_map(snomed_map(Path(path)) if path else ())
    for form in (BULK, BUNDLE, SDTM):
        register(form)
