"""This package is about the codes that come with the program, and those an operator adds."""

import csv
from functools import cache
from pathlib import Path

from clinic.core import marked_yaml
from clinic.exchange.rules.codes import Code, CodeBook, CodesError, Mark

FILE = Path(__file__).parent / "codes.yaml"
SNOMED = "snomed"
COLUMNS = ["of", "concept", "display"]


@cache
def code_book() -> CodeBook:
    """The codes that are shipped; read once, since the file never changes while we run."""
    try:
        tree = marked_yaml.load(FILE.read_text(encoding="utf-8"), FILE.name)
    except marked_yaml.MarkedYamlError as error:
        raise CodesError(error.problems) from error
    return CodeBook.from_tree(tree, FILE.name)


def snomed_map(path: Path) -> tuple[Code, ...]:
    """SNOMED CT concepts from an operator's CSV with the columns of, concept, display.

    They may not be shipped with a program. Raises CodesError for a file that cannot be used.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != COLUMNS:
                raise CodesError([f"{path}: the first line must be {','.join(COLUMNS)}."])
            return tuple(snomed(path, n, row) for n, row in enumerate(rows, 2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodesError([f"{path} cannot be read: {error}."]) from error


def snomed(path: Path, line: int, row: dict[str, str]) -> Code:
    """One line of such a map."""
    concept = (row["concept"] or "").strip()
    if not (row["of"] and concept.isascii() and concept.isdigit()):
        raise CodesError([f"{path}, line {line}: write what it stands for, and the concept's id."])
    source = "loaded by the operator"
    return Code(row["of"], SNOMED, concept, row["display"] or "", Mark.VERIFIED, source)
