"""This file is about paper: a page as a tagged PDF, a chart as a picture on it.

Both libraries come only when something is printed: the program starts without them, and a machine
without Pango learns in one sentence what to install.
"""

import uuid
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from mimetypes import guess_type
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    has_request_context,
    make_response,
    request,
    url_for,
)

from clinic.core.errors import DomainError

STATIC = Path(__file__).resolve().parent.parent / "static"
VARIANT = "pdf/ua-1"
PICTURE = "picture:"
HERE = "http://static.invalid/"  # what addresses on a page are relative to; nothing is asked there
SHEET = "css/paper.css"
SIZES = {"a4": "A4", "letter": "Letter"}

# The id of a record, whether it names her -> PDF.
Printer = Callable[[uuid.UUID, bool], bytes]


class CannotPrint(DomainError):
    """The machine lacks what draws letters on paper."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "This server cannot print yet: Pango is missing. Its operator installs it with: apt-get"
            " install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
        )


@cache
def weasyprint() -> ModuleType:
    """The library, once it is needed."""
    return import_module("weasyprint")


def as_pdf(html: str, *, size: str = "a4", pictures: Mapping[str, str] | None = None) -> bytes:
    """A page as PDF/UA-1. `pictures`: SVG by name, shown by `<img src="picture:name">`.

    Reads our own static files and nothing else. Raises CannotPrint when Pango is missing.
    """
    try:
        library = weasyprint()
    except OSError as missing:
        raise CannotPrint from missing
    sheet = library.CSS(string=f"@page {{ size: {SIZES[size]} }}")
    page = library.HTML(string=html, base_url=HERE, url_fetcher=fetcher(pictures or {}))
    pdf: bytes = page.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT, pdf_tags=True)
    return pdf


def fetcher(pictures: Mapping[str, str]) -> Any:
    """What a page may load: pictures given with it, and files below `static`."""
    answer = weasyprint().urls.URLFetcherResponse

    def fetch(url: str) -> Any:
        if url.startswith(PICTURE):
            svg = pictures[url.removeprefix(PICTURE)].encode()
            return answer(url, svg, {"Content-Type": "image/svg+xml"})
        path = own_file(urlsplit(url).path)
        return answer(url, path.read_bytes(), {"Content-Type": guess_type(path)[0] or ""})

    # The library asks this of its own fetchers, and of a function when something is not to be had.
    fetch.__dict__["_fail_on_errors"] = False
    return fetch


def own_file(address: str) -> Path:
    """The file of an address such as `/static/css/paper.css`. ValueError for any other place."""
    path = (STATIC / unquote(address).removeprefix("/").removeprefix("static/")).resolve()
    if not path.is_relative_to(STATIC):
        raise ValueError(f"a printed page asks for {address}")
    return path


def as_svg(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite spec as SVG, drawn by the same library as in the browser."""
    svg: str = import_module("vl_convert").vegalite_to_svg(dict(spec))
    return svg


def as_file(pdf: bytes, name: str) -> Response:
    """A PDF that the browser shows. Its name says no name of hers."""
    response = make_response(pdf)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def size_wanted() -> str:
    """A4 unless Letter is asked for."""
    return "letter" if request.args.get("size") == "letter" else "a4"


def style_sheet() -> str:
    """Its address: for a browser named by its content, for a file on its own by its place."""
    return url_for("static", filename=SHEET) if has_request_context() else f"/static/{SHEET}"


def print_with(app: Flask, record: str, printer: Printer) -> None:
    """A room says here how one of its records is printed, for a later room that hands it out."""
    app.extensions.setdefault("clinic.printers", {})[record] = printer


def printed(record: str, record_id: uuid.UUID, *, named: bool) -> bytes:
    """The paper of a record as PDF; not `named`: without who she is and what was typed."""
    printer: Printer = current_app.extensions["clinic.printers"][record]
    return printer(record_id, named)
