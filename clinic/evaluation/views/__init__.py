"""This package is about the pages of an evaluation, and of the clinic's table of trials."""

from clinic.evaluation.views import deciding, sections, tables
from clinic.evaluation.views.blueprint import bp
from clinic.evaluation.views.course import plan_in_head, stage

__all__ = ["bp", "deciding", "plan_in_head", "sections", "stage", "tables"]
