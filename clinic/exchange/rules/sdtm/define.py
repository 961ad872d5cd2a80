"""This file is about the dictionary of the files: every variable, and every code with its mark."""

from clinic.exchange.rules.codes import CodeBook
from clinic.exchange.rules.sdtm.domains import DOMAINS
from clinic.notation.rules.spreadsheet import line, safe

HEAD = (
    "dataset",
    "dataset_label",
    "one_record_for_each",
    "position",
    "variable",
    "label",
    "type",
    "origin",
    "codes",
    "meaning",
    "definition",
)
CODES = ("of", "system", "code", "display", "mark", "source", "leaves_in_fhir")


def define() -> str:
    """The variables of every file in their order, after the pattern of define.xml."""
    rows = (
        (
            domain.code,
            domain.title,
            domain.structure,
            str(position),
            variable.name,
            variable.label,
            "Num" if variable.is_number else "Char",
            variable.origin.value,
            "; ".join(variable.codes),
            variable.meaning,
            variable.definition,
        )
        for domain in DOMAINS
        for position, variable in enumerate(domain.variables, 1)
    )
    return line(HEAD) + "".join(line(map(safe, row)) for row in rows)


def codes_file(book: CodeBook) -> str:
    """Every code of the outside world, and how it was checked."""
    rows = (
        (
            one.of,
            book.systems[one.system],
            one.code or "",
            one.display,
            one.mark.value,
            one.source,
            "yes" if one.code and one.mark.may_leave else "no",
        )
        for one in book.codes
    )
    return line(CODES) + "".join(line(map(safe, row)) for row in rows)
