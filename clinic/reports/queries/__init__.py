"""This package is about what may be asked for reports: the rows of a period, past exports."""

from clinic.reports.queries.history import recent, times_since
from clinic.reports.queries.stream import exported

__all__ = ["exported", "recent", "times_since"]
