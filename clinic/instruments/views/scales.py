"""This file is about the pages of the library: which scales there are, and what may be done."""

from flask import abort, render_template

from clinic.core.permissions import Permission, requires
from clinic.instruments import queries
from clinic.instruments.library import library_instruments
from clinic.instruments.views.blueprints import library


@library.get("/instruments")
@requires(Permission.PROTOCOL_READ)
def show_all() -> str:
    """Every scale with its licence."""
    scales = sorted(library_instruments().values(), key=lambda scale: scale.name.casefold())
    return render_template("instruments/library.html", scales=scales)


@library.get("/instruments/<code>")
@requires(Permission.PROTOCOL_READ)
def show(code: str) -> str:
    """One scale: items, scores, bands, sources."""
    scale = queries.current(code)
    if scale is None:
        abort(404)
    return render_template("instruments/scale.html", scale=scale)
