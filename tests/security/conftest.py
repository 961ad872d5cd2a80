"""This file is about who attacks: staff of every role in a clinic in which every room is filled."""

from tests.desk import desk, somebody, stranger
from tests.review.house import ours, staff, theirs

__all__ = ["desk", "ours", "somebody", "staff", "stranger", "theirs"]
