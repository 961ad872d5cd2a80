"""This package is about the pages of patients: the list, and the front page of a chart."""

from clinic.patients.views import chart, listing
from clinic.patients.views.blueprint import bp

__all__ = ["bp", "chart", "listing"]
