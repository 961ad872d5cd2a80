"""This package is about the pages of follow-ups: the work list, a course's plan, a contact."""

from clinic.followups.views import contact, planning, responding
from clinic.followups.views.blueprint import bp
from clinic.followups.views.course import panel, stage
from clinic.followups.views.work_list import answer_clocks, board_panel

__all__ = [
    "answer_clocks",
    "board_panel",
    "bp",
    "contact",
    "panel",
    "planning",
    "responding",
    "stage",
]
