"""Files of ours are kept by the browser under a name that changes with their content."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SHEET = "css/base.css"


def test_a_page_names_each_of_its_files_by_content(client: FlaskClient) -> None:
    page = client.get("/sign-in").text

    files = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(files) > 5
    assert [file for file in files if not re.search(r"\?v=[0-9a-f]{12}$", file)] == []


def test_a_file_asked_for_by_content_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = url_for("static", filename=SHEET)

    with client.get(address) as named, client.get(f"/static/{SHEET}") as unnamed:
        assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "max-age=31536000" not in unnamed.headers["Cache-Control"]


def test_another_content_is_another_address(app: Flask, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    addresses = []

    for number, text in enumerate(("a", "b")):
        file = tmp_path / "sheet.css"
        file.write_text(text)
        os.utime(file, ns=(number, number))
        with app.test_request_context():
            addresses.append(url_for("static", filename="sheet.css"))

    assert addresses[0] != addresses[1]


def test_a_file_that_is_not_there_is_404_and_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/css/nothing.css?v=123456789012")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
