"""This package is about the file that holds a whole clinic: its spelling, its order, its faults."""

from clinic.operations.rules.manifest import (
    FORMAT,
    Manifest,
    Schema,
    Unreadable,
    differences,
)
from clinic.operations.rules.parents import OutOfOrder, parents_first
from clinic.operations.rules.spelling import Kind, read, spelled

__all__ = [
    "FORMAT",
    "Kind",
    "Manifest",
    "OutOfOrder",
    "Schema",
    "Unreadable",
    "differences",
    "parents_first",
    "read",
    "spelled",
]
