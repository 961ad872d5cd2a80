"""This file is about the people of a clinic as rules: in which state somebody's place is."""

from enum import StrEnum


class Place(StrEnum):
    """Whether somebody works here, is invited, or has left."""

    WORKS = "works"
    INVITED = "invited"
    NOT_COME = "not-come"
    LEFT = "left"


def place(*, is_active: bool, has_come: bool, link_is_open: bool) -> Place:
    """The state of somebody's place. has_come: they once chose a password of their own."""
    if not is_active:
        return Place.LEFT
    if has_come:
        return Place.WORKS
    return Place.INVITED if link_is_open else Place.NOT_COME
