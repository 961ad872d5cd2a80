"""This file is about who sits at the desk when courses are opened."""

from tests.desk import desk, somebody, stranger

__all__ = ["desk", "somebody", "stranger"]
