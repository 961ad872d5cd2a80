"""This package is about the pages of a course."""

from clinic.courses.views import consent, details, medications, page, wordings
from clinic.courses.views.blueprint import bp
from clinic.courses.views.opening import panel

__all__ = ["bp", "consent", "details", "medications", "page", "panel", "wordings"]
