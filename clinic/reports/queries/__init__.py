"""This package is about what may be asked for reports: the rows of a period, past exports."""

from clinic.reports.queries.history import recent, times_since
from clinic.reports.queries.responding import responding
from clinic.reports.queries.stream import exported, session_parts

__all__ = ["exported", "recent", "responding", "session_parts", "times_since"]
