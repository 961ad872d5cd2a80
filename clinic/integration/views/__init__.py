"""This package is about the pages of other treatment: the timeline, visits, goals."""

from clinic.integration.views import goals, page, visits
from clinic.integration.views.blueprint import bp
from clinic.integration.views.page import panel, stage

__all__ = ["bp", "goals", "page", "panel", "stage", "visits"]
