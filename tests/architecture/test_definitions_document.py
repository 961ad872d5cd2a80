"""The table of definitions is true: each line names tests that exist and that quote its number."""

import re
from pathlib import Path

import pytest

DOCUMENT = Path("docs/definitions.md")
RULES = Path("tests/sessions/rules")
ROW = re.compile(r"^\| (D\d(?:\.\d)?(?:, D\d\.\d)*) \| .* \| ([^|]+) \|$", re.M)
ROWS = [
    (number, re.findall(r"`([^`]+)`", tests))
    for numbers, tests in ROW.findall(DOCUMENT.read_text())
    for number in numbers.split(", ")
]


def files(name: str) -> list[Path]:
    """The test files that a name in the table stands for."""
    path = Path(name) if "/" in name else RULES / name
    return sorted(path.rglob("test_*.py")) if path.is_dir() else [path]


def test_the_table_has_the_definitions_of_one_session() -> None:
    numbers = {number for number, _ in ROWS}

    assert {f"D1.{n}" for n in range(1, 6)} | {f"D2.{n}" for n in range(1, 8)} <= numbers
    assert {"D3", "D4.1", "D4.2", "D4.3", "D4.4", "D5.1", "D5.2", "D5.3", "D6"} <= numbers


@pytest.mark.parametrize(("number", "names"), ROWS, ids=[number for number, _ in ROWS])
def test_each_definition_is_quoted_by_a_test_it_names(number: str, names: list[str]) -> None:
    found = [path for name in names for path in files(name)]
    assert found, f"{DOCUMENT} names no test for {number}"
    missing = [str(path) for path in found if not path.exists()]
    assert not missing, f"{DOCUMENT} names tests that do not exist: {missing}"

    spelled = re.compile(rf"\b{re.escape(number)}\b|test_{number.lower().replace('.', '_')}[_(]")
    text = "\n".join(path.read_text() for path in found)
    assert spelled.search(text), f"no test of {names} quotes {number}"
