"""This package is about what we remember of reports: who took what, when and for which purpose."""

from clinic.reports.models.exports import Export

__all__ = ["Export"]
