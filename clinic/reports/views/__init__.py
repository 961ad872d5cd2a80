"""This package is about the pages of reports: figures, exports, what each column means."""

from clinic.reports.views import exports
from clinic.reports.views.blueprint import bp

__all__ = ["bp", "exports"]
