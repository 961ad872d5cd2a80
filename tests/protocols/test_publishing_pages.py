"""This file is about reading a published protocol: everything it says is on its page."""

import dataclasses
import html
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import count

import pytest

from clinic.core.permissions import Role
from clinic.protocols import actions, queries
from clinic.protocols.library import library_protocols
from clinic.protocols.rules import DEMONSTRATION

CODES = sorted(library_protocols())
CODE_KEYS = {"code", "route", "form", "unit", "level", "counts_from", "by", "moments", "symptom"}
CODE_KEYS |= {"with_raised_pressure", "term", "severity", "required", "sign", "unrecordable"}
CODE_KEYS |= {"expected", "who", "tell", "response", "remission"}


@pytest.fixture
def versions(work, somebody):
    with work(somebody):
        return {code: actions.publish_from_library(code) for code in CODES}


def shown(page) -> str:
    """The words of a page, with plain spaces."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", page.text))
    return " ".join(words.replace("\u202f", " ").split())


def leaves(tree, key=""):
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from leaves(part, name)
    elif isinstance(tree, list):
        for part in tree:
            yield from leaves(part, key)
    else:
        yield key, tree


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_word_and_source_of_a_protocol_can_be_read(desk, versions, code):
    words = shown(desk.get(f"/protocols/{versions[code].id}"))

    said = leaves(json.loads(versions[code].body))
    missing = {
        (key, leaf)
        for key, leaf in said
        if isinstance(leaf, str) and key not in CODE_KEYS and leaf not in words
    }
    assert missing == set()


def numbered(value, numbers):
    """The same protocol with every number replaced by one that occurs nowhere else."""
    if dataclasses.is_dataclass(value):
        parts = {
            p.name: numbered(getattr(value, p.name), numbers) for p in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **parts)
    if isinstance(value, Mapping):
        return {key: numbered(part, numbers) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(numbered(part, numbers) for part in value)
    if isinstance(value, Decimal) or type(value) is int:
        return next(numbers)
    return value


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_number_of_a_protocol_is_left_out(desk, versions, code, monkeypatch):
    numbers = count(70_001)
    strange = numbered(library_protocols()[code], numbers)
    monkeypatch.setattr(queries, "content_of", lambda _version: strange)

    words = shown(desk.get(f"/protocols/{versions[code].id}"))

    used = range(70_001, next(numbers))
    assert len(used) > 100
    assert [number for number in used if str(number) not in words] == []


def test_what_the_clinic_has_not_set_is_said(desk, versions):
    words = shown(desk.get(f"/protocols/{versions['esketamine-nasal-56-84'].id}"))

    assert "Between two doses, at least not set by this clinic" in words
    assert "Bands: not set by this clinic" in words


def test_numbers_stand_with_their_units(desk, versions):
    words = shown(desk.get(f"/protocols/{versions['esketamine-nasal-56-84'].id}"))

    assert "Doses 56, 84 mg" in words
    assert "At least 120 min" in words
    assert "160 mmHg Outside limit Above limit" in words
    assert "SpO₂ on air, at least 95 %" in words
    assert "Suggested after the last drug delivered 12 h" in words


def test_the_banner_stands_on_each_page(desk, versions):
    pages = ["/protocols", *(f"/protocols/{version.id}" for version in versions.values())]

    assert all(DEMONSTRATION in desk.get(page).text for page in pages)


def test_every_role_may_read_protocols(desk, versions):
    pages = ["/protocols", *(f"/protocols/{version.id}" for version in versions.values())]

    for desk.role in Role:
        assert {desk.get(page).status_code for page in pages} == {200}, desk.role


def test_a_protocol_of_another_clinic_is_not_found(desk, versions, stranger):
    desk.somebody = stranger

    assert desk.get(f"/protocols/{versions[CODES[0]].id}").status_code == 404
    assert "No protocol in force" in desk.get("/protocols").text


def test_an_older_version_leads_to_the_one_in_force(desk, work, somebody, versions):
    shipped = library_protocols()[CODES[0]]
    with work(somebody):
        second = actions.publish(dataclasses.replace(shipped, title="Second title"))

    old = desk.get(f"/protocols/{versions[CODES[0]].id}").text
    assert f"/protocols/{second.id}" in old
    assert "in force" in old
