"""This package is about what we remember of reports: who took what, when and for which purpose."""

from clinic.reports.models.exports import Export
from clinic.reports.models.jobs import ExportDefinition, ExportJob
from clinic.reports.models.obligations import (
    FilledForm,
    FormAnswers,
    FormSubmission,
    ObligationVersion,
)
from clinic.reports.models.outcomes import SavedReport

__all__ = [
    "Export",
    "ExportDefinition",
    "ExportJob",
    "FilledForm",
    "FormAnswers",
    "FormSubmission",
    "ObligationVersion",
    "SavedReport",
]
