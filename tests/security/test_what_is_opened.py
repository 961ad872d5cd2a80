"""This file is about what the program opens: no archive's paths, no objects, no XML, no address."""

import ast
import socket
from pathlib import Path

import pytest

from clinic.core.marked_yaml import MarkedYamlError, load
from clinic.core.paper import as_pdf
from tests.architecture.tree import CLINIC, tree

OBJECTS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "cloudpickle"}
XML = {"xml", "lxml", "defusedxml", "xmltodict"}
RUNS = {"eval", "exec", "compile", "render_template_string", "from_string", "extractall", "system"}


def opened(path: Path) -> set[str]:
    """The packages that a file imports, and the last word of all that it calls."""
    text, names = path.read_text(), set[str]()
    if not any(word in text for word in OBJECTS | XML | RUNS):
        return names
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.add(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names |= {node.func.attr} - {"compile"}  # of a regular expression
    return names


def test_nothing_that_comes_from_outside_is_unpacked_run_or_read_as_objects_or_xml() -> None:
    """A15 (zip slip), A16 (deserialisation), A17 (XXE), templates and code from input."""
    files = sorted(CLINIC.rglob("*.py"))

    assert len(files) > 300
    assert [
        (path, found) for path in files if (found := opened(path) & (OBJECTS | XML | RUNS))
    ] == []


BOMBS = {
    "aliases": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
    "merge": "a: &a {b: 1}\nc:\n  <<: *a\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_that_grows_is_refused(bomb: str) -> None:
    """Bombs in uploads: the files that a clinic loads have no aliases."""
    with pytest.raises(MarkedYamlError):
        load(BOMBS[bomb], "The file")


def test_a_tag_makes_no_object(tmp_path: Path) -> None:
    """A16: what stands behind a tag is text."""
    evil = tmp_path / "evil"

    found = load(f"!!python/object/apply:os.system ['touch {evil}']\n", "The file")

    assert found == [f"touch {evil}"]
    assert not evil.exists()


def test_a_printed_page_asks_nobody_and_reads_no_file_but_ours() -> None:
    """SSRF and local files through paper (A14): whatever was typed, nothing is fetched."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        there = f"http://127.0.0.1:{listening.getsockname()[1]}"
        html = (
            f'<html lang="en"><title>x</title><img src="{there}/a.png" alt="a">'
            f'<link rel="stylesheet" href="{there}/a.css"><img src="file:///etc/passwd" alt="b">'
            f'<a rel="attachment" href="file:///etc/hostname">c</a>'
            f'<object data="{there}/o"></object>'
            f"<p style=\"background: url('{there}/b')\">Words</p></html>"
        )

        pdf = as_pdf(html)

        with pytest.raises(TimeoutError):
            listening.accept()
    assert pdf.startswith(b"%PDF")
    assert b"root:x:" not in pdf
    assert b"/EmbeddedFile" not in pdf
