"""This package is about the checklist that comes with the program, as YAML beside this file."""

from functools import cache
from pathlib import Path

from clinic.core import marked_yaml
from clinic.evaluation.rules.checklist import Checklist, ChecklistError

FILE = Path(__file__).parent / "sections.yaml"


def read_checklist(path: Path) -> Checklist:
    """The checklist in a YAML file; raises ChecklistError with file and line of every fault."""
    try:
        tree = marked_yaml.load(path.read_text(encoding="utf-8"), path.name)
    except marked_yaml.MarkedYamlError as error:
        raise ChecklistError(error.problems) from error
    return Checklist.from_tree(tree, path.name)


@cache
def checklist() -> Checklist:
    """The checklist in use."""
    return read_checklist(FILE)
