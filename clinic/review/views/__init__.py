"""This package is about the page of a course's review, and its share of the list of patients."""

from clinic.review.views.listing import fill
from clinic.review.views.page import bp, panel

__all__ = ["bp", "fill", "panel"]
