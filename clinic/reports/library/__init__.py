"""This package is about the definitions of figures, one YAML file for each version ever shipped."""

import tomllib
from functools import cache
from pathlib import Path

from clinic.core import marked_yaml
from clinic.reports.rules.outcomes.definitions import Definitions, DefinitionsError

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parents[2] / "pyproject.toml"


def read_definitions(path: Path) -> Definitions:
    """One version; raises DefinitionsError with file and line of every fault."""
    try:
        tree = marked_yaml.load(path.read_text(encoding="utf-8"), path.name)
    except marked_yaml.MarkedYamlError as error:
        raise DefinitionsError(error.problems) from error
    return Definitions.from_tree(tree, path.name)


@cache
def definitions_by_version() -> dict[int, Definitions]:
    """Every version by its number; read once, since the files never change while we run."""
    read = [read_definitions(path) for path in FOLDER.glob("outcomes-*.yaml")]
    return {one.version: one for one in sorted(read, key=lambda one: one.version)}


def newest() -> Definitions:
    """The rules of today."""
    found = definitions_by_version()
    return found[max(found)]


@cache
def program_version() -> str:
    """The version of the program, as every report names it."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return str(project["version"])
