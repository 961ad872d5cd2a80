"""This file is about files in the browser: ours, kept for a year, and those on file here."""

import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request, send_file

A_YEAR = "public, max-age=31536000, immutable"


@lru_cache(maxsize=512)
def content_word(path: Path, _changed_at: int) -> str:
    """A word that changes with the content of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def name_the_content(endpoint: str, values: dict[str, Any]) -> None:
    """Add the word to the address of a file, so that a changed file has another address."""
    if endpoint == "static" and "filename" in values:
        path = Path(str(current_app.static_folder)) / values["filename"]
        if path.is_file():
            values["v"] = content_word(path, path.stat().st_mtime_ns)


def keep(response: Response) -> Response:
    """A file that was asked for by its content stays; others are asked for again (304)."""
    if request.endpoint == "static" and response.status_code < 400 and request.args.get("v"):
        response.headers["Cache-Control"] = A_YEAR
    return response


def stored(content: bytes | None, file_type: str | None, file_name: str | None) -> Response:
    """What somebody put on file, byte for byte, to be saved and never shown in the browser. Aborts
    404 where there is none."""
    if content is None:
        abort(404)
    return send_file(
        BytesIO(content), file_type, as_attachment=True, download_name=file_name, etag=False
    )


def init_app(app: Flask) -> None:
    """Name files by their content."""
    app.url_defaults(name_the_content)
    app.after_request(keep)
