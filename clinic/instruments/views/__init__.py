"""This package is about the pages of rating scales: of a course, of the register, of safety."""

from clinic.instruments.views import answering, licensing, listing, scales
from clinic.instruments.views.blueprints import course, library, safety
from clinic.instruments.views.history import panel
from clinic.instruments.views.reviewing import waiting_panel

__all__ = [
    "answering",
    "course",
    "library",
    "licensing",
    "listing",
    "panel",
    "safety",
    "scales",
    "waiting_panel",
]
