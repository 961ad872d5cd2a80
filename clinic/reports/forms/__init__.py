"""This package is about what the browser sends to reports: periods, exports, obligations."""

from clinic.reports.forms.cohort import CohortForm, SavedReportForm
from clinic.reports.forms.exports import ExportForm, PeriodForm

__all__ = ["CohortForm", "ExportForm", "PeriodForm", "SavedReportForm"]
