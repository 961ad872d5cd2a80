"""This file is about what an address can carry: each name that a page asks its address for."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict

from tests.review.house import everything
from tests.review.walk import address, rules, said, who_may
from tests.security.hostile import EVALUATED, PARAMETERS

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ON_PAPER = (".pdf", "/paper")  # drawn for half a second each, by the names of the page beside it


class Answering(ImmutableMultiDict[str, str]):
    """The parameters of an address, whatever a page asks for. `only`: of one name alone."""

    word = ""
    only: str | None = None
    asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return self.only in (None, name)

    def __getitem__(self, name: str) -> str:
        if name not in self:
            raise KeyError(name)
        return self.word

    def keys(self) -> Any:
        """What was asked for."""
        return set(self.asked) if self.only is None else {self.only}

    def get(self, name: str, default: Any = None, type: Any = None) -> Any:  # noqa: A002
        """As Werkzeug does it: what cannot be converted is the default."""
        if name not in self:
            return default
        try:
            return type(self.word) if type else self.word
        except ValueError:
            return default

    def getlist(self, name: str, type: Any = None) -> list[Any]:  # noqa: A002
        """One value."""
        found = self.get(name, type=type)
        return [] if found is None else [found]


@pytest.fixture
def parameters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Answering]]:
    """What pages find in their address from now on."""
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Answering)
    monkeypatch.setattr(Answering, "asked", set())
    monkeypatch.setattr(Answering, "word", "")
    monkeypatch.setattr(Answering, "only", None)
    return Answering


def test_no_parameter_of_any_page_does_what_it_says(app, staff, ours, parameters) -> None:
    """A01 (sort and filter into SQL), A24, A25, A35: whatever name a page asks its address for,
    it gets SQL, a template, a script, a path, another site, a number that no column holds."""
    before = everything(app)
    words, names = cycle(PARAMETERS), set()

    for rule in [one for one in rules(app, "GET") if not one.rule.endswith(ON_PAPER)]:
        parameters.asked.clear()
        parameters.word, parameters.only = next(words), None
        once = [who_may(app, staff, rule).get(address(rule, ours))]
        asked = sorted(parameters.asked)
        for parameters.only in asked if len(asked) > 1 else ():
            parameters.word = next(words)
            once.append(who_may(app, staff, rule).get(address(rule, ours)))
        names |= set(asked)
        for answer in once:
            assert answer.status_code < 500, (rule, parameters.word, asked)
            assert "evil" not in answer.headers.get("Set-Cookie", ""), rule
            assert not re.match(r"[/\\\s]*//|\w+:", answer.location or ""), (rule, answer.location)
            if answer.mimetype == "text/html":
                assert "<script>alert" not in said(answer), rule
                assert EVALUATED not in said(answer), rule

    assert names >= {"sort", "sought", "page", "from", "to", "next", "show"}
    assert everything(app) == before
