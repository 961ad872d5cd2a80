"""This package is about what comes with the program, as YAML beside this file: the checklist of an
evaluation, what a referral holds, and the table of antidepressant trials."""

from functools import cache
from pathlib import Path
from typing import Any

from clinic.core import marked_yaml
from clinic.evaluation.rules.checklist import Checklist, ChecklistError, Section
from clinic.evaluation.rules.trial_table import TableError, TrialTable
from clinic.notation.rules.parsing import NotationError

FOLDER = Path(__file__).parent


def read_checklist(path: Path) -> Checklist:
    """The checklist in a YAML file; raises ChecklistError with file and line of every fault."""
    return Checklist.from_tree(tree_of(path, ChecklistError), path.name)


def tree_of(path: Path, error: type[NotationError]) -> Any:
    """What stands in a YAML file; raises `error` with file and line of every fault."""
    try:
        return marked_yaml.load(path.read_text(encoding="utf-8"), path.name)
    except marked_yaml.MarkedYamlError as found:
        raise error(found.problems) from found


@cache
def checklist() -> Checklist:
    """The checklist in use."""
    return read_checklist(FOLDER / "sections.yaml")


@cache
def referral_list() -> Checklist:
    """The list of what a referral holds, as it comes with the program."""
    return read_checklist(FOLDER / "referral.yaml")


def referral() -> Section:
    """What a referral holds, as one section that stands before the others."""
    return referral_list().sections[0]


@cache
def shipped_table() -> TrialTable:
    """The table of antidepressant trials that comes with the program."""
    path = FOLDER / "antidepressants.yaml"
    return TrialTable.from_tree(tree_of(path, TableError), path.name)


def list_with(code: str) -> Checklist:
    """The list in which a section stands."""
    return referral_list() if code == referral().code else checklist()


def section_of(code: str) -> Section | None:
    """A section of the checklist, or the referral, by its code."""
    return list_with(code).section(code)
