"""This package is about other systems: records in their words, and the codes of the outside."""

from pathlib import Path

from flask import Flask

from config import BadSetting


def init_app(app: Flask) -> None:
    """Read the codes, and register the formats. Raises BadSetting for a map that is no use."""
    from clinic.exchange.actions import BULK, BUNDLE, SDTM
    from clinic.exchange.actions.reading import BOOK
    from clinic.exchange.library import code_book, snomed_map
    from clinic.exchange.rules.codes import CodesError
    from clinic.reports.actions.formats import register

    path = app.config.get("SNOMED_MAP")
    try:
        app.extensions[BOOK] = code_book().with_map(snomed_map(Path(path)) if path else ())
    except CodesError as error:
        raise BadSetting(f"CLINIC_SNOMED_MAP: {error}") from error
    for form in (BULK, BUNDLE, SDTM):
        register(form)
