"""This package is about the addresses of sessions: board, plan, page, entries, discharge."""

from clinic.sessions.views import board, discharge, entries, page, plan
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.plan import panel

__all__ = ["board", "bp", "discharge", "entries", "page", "panel", "plan"]
