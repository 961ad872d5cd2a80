"""This package is about the pages of other treatment: the timeline, visits, groups, goals."""

from clinic.integration.views import goals, groups, page, plan, treatments, visits
from clinic.integration.views.blueprint import bp
from clinic.integration.views.page import panel, stage

__all__ = ["bp", "goals", "groups", "page", "panel", "plan", "stage", "treatments", "visits"]
