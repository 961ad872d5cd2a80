"""This package is about loading the demonstration, through the same actions as everything else."""

from clinic.demo.actions.people import load_people
from clinic.demo.actions.sessions import load_sessions

__all__ = ["load_people", "load_sessions"]
