"""This package is about a session that was kept on paper: a flowsheet as a file, read into entries.

Nothing here stores anything. A line that cannot be read is named with its number and the reason;
all others are read.
"""

from clinic.sessions.rules.paper.events import Said
from clinic.sessions.rules.paper.lines import Line, entries_of_line
from clinic.sessions.rules.paper.naming import Naming
from clinic.sessions.rules.paper.phrases import PHRASES
from clinic.sessions.rules.paper.resolving import Unresolved, fields_of
from clinic.sessions.rules.paper.sheet import COLUMNS, Fault, Sheet, read_sheet, stranger

__all__ = [
    "COLUMNS",
    "PHRASES",
    "Fault",
    "Line",
    "Naming",
    "Said",
    "Sheet",
    "Unresolved",
    "entries_of_line",
    "fields_of",
    "read_sheet",
    "stranger",
]
