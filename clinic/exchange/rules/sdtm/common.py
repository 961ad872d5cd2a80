"""This file is about variables that several domains have."""

from clinic.exchange.rules.sdtm.domain import Origin, Variable
from clinic.exchange.rules.sdtm.subject import FOLLOW_UP, SCREENING, TREATMENT

VISIT: tuple[Variable, ...] = (
    Variable(
        "VISITNUM",
        "Visit Number",
        Origin.ASSIGNED,
        is_number=True,
        meaning="The number of the session; with hundredths: a moment after its dose; 0: the "
        "evaluation; from 500: moments that come once, in the order of the program's list; "
        "plus 1000 for each course before",
    ),
    Variable("VISIT", "Visit Name", Origin.ASSIGNED),
    Variable("EPOCH", "Epoch", Origin.DERIVED, codes=(SCREENING, TREATMENT, FOLLOW_UP)),
)
ISO = "ISO 8601, on the clinic's wall with its offset"
NO_ZERO = "Study day: 1 is the day of RFSTDTC, -1 the day before; there is no day 0"


def timed(prefix: str, label: str, definition: str = "") -> tuple[Variable, Variable]:
    """A moment, and its study day."""
    return (
        Variable(f"{prefix}DTC", f"{label}: Date/Time", definition=definition, meaning=ISO),
        Variable(
            f"{prefix}DY",
            f"{label}: Study Day",
            Origin.DERIVED,
            is_number=True,
            definition="D1.1",
            meaning=NO_ZERO,
        ),
    )


def group(code: str) -> Variable:
    """What belongs together."""
    return Variable(
        f"{code}GRPID",
        "Group ID",
        Origin.ASSIGNED,
        meaning="The entry as first written; all of one set of readings or one use have the same",
    )


def result(code: str, number: str) -> tuple[Variable, ...]:
    """What was found, or why nothing was."""
    return (
        Variable(f"{code}ORRES", "Result in Original Units", definition="D2.5"),
        Variable(f"{code}ORRESU", "Original Units", meaning="UCUM"),
        Variable(f"{code}STRESC", "Character Result in Std Format", Origin.DERIVED),
        Variable(
            f"{code}STRESN", "Numeric Result in Std Units", Origin.DERIVED, True, definition=number
        ),
        Variable(f"{code}STRESU", "Standard Units", Origin.DERIVED, meaning="UCUM"),
        Variable(f"{code}STAT", "Completion Status", codes=("NOT DONE",), definition="D2.4"),
        Variable(
            f"{code}REASND",
            "Reason Not Done",
            definition="D2.4",
            meaning="A code, then a colon and the words where some were typed",
        ),
    )
