"""This package is about the addresses of sessions: board, plan, page, entries, discharge."""

from clinic.sessions.views import (
    amending,
    board,
    countersigning,
    deidentified,
    discharge,
    downtime,
    embedded,
    entries,
    offline,
    overriding,
    page,
    paper,
    plan,
    printing,
    reporting,
    reviewing,
    tablet,
)
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.course import (
    agreed_pause,
    hindrance,
    next_visit,
    panel_of_course,
    stage,
)
from clinic.sessions.views.plan import panel

__all__ = [
    "agreed_pause",
    "amending",
    "board",
    "bp",
    "countersigning",
    "deidentified",
    "discharge",
    "downtime",
    "embedded",
    "entries",
    "hindrance",
    "next_visit",
    "offline",
    "overriding",
    "page",
    "panel",
    "panel_of_course",
    "paper",
    "plan",
    "printing",
    "reporting",
    "reviewing",
    "stage",
    "tablet",
]
