"""This file is about who sits at the desk when patients are found, registered and corrected."""

from tests.desk import desk, somebody, stranger

__all__ = ["desk", "somebody", "stranger"]
