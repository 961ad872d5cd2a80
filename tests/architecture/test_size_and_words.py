"""This file is about how long code may be and how a file says what it is about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import inside, modules, tree

LONGEST_FILE = 250
LONGEST_TEST_FILE = 400  # tests are lists of cases, read one at a time
LONGEST_FUNCTION = 30
VAGUE = {"helper", "helpers", "manager", "managers", "misc", "service", "services", "util", "utils"}
OPENING = re.compile(r"This (file|package) is about .*\w")

CODE = modules("clinic", "tools", "migrations")
TESTS = modules("tests")


def test_no_file_is_longer_than_it_may_be():
    found = [
        f"{inside(path)}: {lines} lines"
        for path in [*CODE, *TESTS]
        if path.parent.name != "versions"
        and (lines := path.read_text().count("\n"))
        > (LONGEST_TEST_FILE if path in TESTS else LONGEST_FILE)
    ]

    assert not found, (
        f"A file over {LONGEST_FILE} lines (a test file: {LONGEST_TEST_FILE}) becomes a folder of "
        "the same name.\n" + "\n".join(found)
    )


def test_no_function_is_longer_than_it_may_be():
    found = [
        f"{inside(path)}:{line} {name}: {length} lines"
        for path in CODE
        for name, line, length in functions(path)
        if length > LONGEST_FUNCTION
    ]

    assert not found, (
        f"A function has 15 lines as a rule, {LONGEST_FUNCTION} at most, its docstring not "
        "counted: give a part a name of its own.\n" + "\n".join(found)
    )


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    if path.parent.name == "versions":
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1 - docstring_lines(node)
            yield node.name, node.lineno, length


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    return node.body[0].end_lineno - node.body[0].lineno + 1


def test_every_file_says_what_it_is_about():
    found = [
        inside(path)
        for path in CODE
        if path.parent.name != "versions"
        and (path.name != "__init__.py" or path.read_text().strip())
        and not OPENING.match(ast.get_docstring(tree(path)) or "")
    ]

    assert not found, 'Begin with one sentence: "This file is about …".\n' + "\n".join(found)


def test_every_test_file_says_what_it_promises():
    found = [
        inside(path) for path in TESTS if path.read_text() and not ast.get_docstring(tree(path))
    ]

    assert not found, "Begin with one sentence on what these tests hold.\n" + "\n".join(found)


def test_no_file_has_a_name_that_says_nothing():
    found = [inside(path) for path in [*CODE, *TESTS] if VAGUE & set(path.stem.split("_"))]

    assert not found, "Name a file for what it is about.\n" + "\n".join(found)


@pytest.mark.parametrize("word", ["skip", "skipif", "xfail"])
def test_no_test_excuses_itself(word):
    mark = re.compile(rf"(mark\.|pytest\.){word}\b")
    found = [inside(path) for path in TESTS if mark.search(path.read_text())]

    assert not found, "A test runs or is deleted.\n" + "\n".join(found)
