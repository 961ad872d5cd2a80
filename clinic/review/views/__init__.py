"""This package is about the pages of a course's review, and its share of the list of patients."""

from clinic.review.views import deciding, overlay, printing, work
from clinic.review.views.listing import fill
from clinic.review.views.page import bp, panel

__all__ = ["bp", "deciding", "fill", "overlay", "panel", "printing", "work"]
