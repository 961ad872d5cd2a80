"""This package is about what may be asked for reports: the rows of a period, past exports."""

from clinic.reports.queries.choosing import count_chosen, definitions
from clinic.reports.queries.history import history, how_many, past_of, times_since
from clinic.reports.queries.rare import rarity_of
from clinic.reports.queries.responding import responding
from clinic.reports.queries.stream import exported, session_parts

__all__ = [
    "count_chosen",
    "definitions",
    "exported",
    "history",
    "how_many",
    "past_of",
    "rarity_of",
    "responding",
    "session_parts",
    "times_since",
]
