"""This file is about who sits at the desk when protocols are published and read."""

from tests.desk import desk, somebody, stranger

__all__ = ["desk", "somebody", "stranger"]
