"""This package is about taking a whole clinic out of an installation, and into an empty one."""

from clinic.operations.actions.loading import NotEmpty, load
from clinic.operations.actions.taking import take

__all__ = ["NotEmpty", "load", "take"]
