"""This package is about the pages of other treatment: timeline, visits, groups, plan, letters."""

from clinic.integration.views import (
    baby,
    goals,
    groups,
    letters,
    outside,
    page,
    plan,
    sent,
    texts,
    treatments,
    visits,
)
from clinic.integration.views.blueprint import bp
from clinic.integration.views.page import panel, stage

__all__ = [
    "baby",
    "bp",
    "goals",
    "groups",
    "letters",
    "outside",
    "page",
    "panel",
    "plan",
    "sent",
    "stage",
    "texts",
    "treatments",
    "visits",
]
