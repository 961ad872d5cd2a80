"""This package is about forms and clocks that come with the program, as YAML beside this file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from clinic.core import marked_yaml
from clinic.reports.rules.obligations import EventClocks, FormTemplate

FOLDER = Path(__file__).parent
CLOCKS = "serious-event-clocks"


def tree_of(path: Path) -> Any:
    """What a file says, each value with its line."""
    return marked_yaml.load(path.read_text(encoding="utf-8"), path.name)


@cache
def library_forms() -> Mapping[str, FormTemplate]:
    """Every shipped form by its code; read once."""
    files = (path for path in sorted(FOLDER.glob("*.yaml")) if path.stem != CLOCKS)
    read = (FormTemplate.from_tree(tree_of(path), path.name) for path in files)
    return MappingProxyType({form.code: form for form in read})


@cache
def library_clocks() -> EventClocks:
    """The shipped clocks of serious events; read once."""
    path = FOLDER / f"{CLOCKS}.yaml"
    return EventClocks.from_tree(tree_of(path), path.name)
