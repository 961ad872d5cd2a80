"""This file is about the formats a file can be written in; a later room adds its own.

A room registers at import: `formats.register(Format("fhir", ...))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from clinic.reports.queries.source import Source
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.ordering import Order, Progress

# Writes the file and says how many rows or resources it holds. Lets Cancelled through.
Write = Callable[[Order, Source, Mask, BinaryIO, Progress], int]


@dataclass(frozen=True)
class Format:
    """One format. `title` and `about`: as the page offers it; `suffix`: with its dot.

    `one_course`: it is of one course, which the order names. `identified_only`: it names people.
    `only_figures`: it holds figures of one cohort, and names nobody whatever is chosen.
    `has_tables`: it holds the tables that were chosen; `has_trail`: that of the trail too.
    """

    code: str
    title: str
    about: str
    suffix: str
    mimetype: str
    write: Write
    one_course: bool = False
    identified_only: bool = False
    has_tables: bool = True
    has_trail: bool = False
    only_figures: bool = False


FORMATS: dict[str, Format] = {}


def register(one: Format) -> None:
    """Add a format."""
    FORMATS[one.code] = one
