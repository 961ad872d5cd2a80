"""This file is about a woman who has recovered: a log in which all that is asked is met."""

from tests.sessions.rules.factories import started

ASKED = {
    "steady-walk": "yes",
    "suicide-risk-asked": "yes",
    "suicide-risk-found": "no",
    "escort-arrived": "yes",
    "infant-cover": "yes",
    "no-driving": "yes",
    "advice-given": "yes",
}


def recovered():
    """Well at 90 and 120 min, everything asked at 120."""
    book = started()
    book.full(90)
    book.full(120)
    for item, answer in ASKED.items():
        book.check(120, item, answer)
    return book


def criterion(book, code, minute=121, plan=None):
    state = book.state(minute, plan) if plan else book.state(minute)
    return next(one for one in state.readiness.criteria if one.code == code)


def status(book, code, minute=121):
    return criterion(book, code, minute).status.value
