"""This file is about who sits at the desk."""

from tests.desk import desk, somebody, stranger

__all__ = ["desk", "somebody", "stranger"]
