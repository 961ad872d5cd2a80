"""This file is about the made woman as resources, and how a test finds one of them."""

from functools import cache
from typing import Any

from clinic.exchange.rules.fhir import questionnaires, resources
from clinic.reports.rules.masks import Mask
from tests.exchange.made import (
    KEY,
    dossier,
    lens,
)
from tests.reports.made import number

AT = "2026-03-12T10:00:00+00:00"
Json = dict[str, Any]


@cache
def whole(*, masked: bool = False) -> list[Json]:
    """Everything of the made woman."""
    seen, hers = lens(Mask.keyed(KEY) if masked else None), dossier()
    return [*questionnaires(seen, hers), *resources(seen, hers)]


def of(kind: str, found: list[Json] | None = None) -> list[Json]:
    """The resources of one type."""
    return [one for one in (found or whole()) if one["resourceType"] == kind]


def by_id(kind: str, id_: str) -> Json:
    """One resource."""
    [found] = [one for one in of(kind) if one["id"] == id_]
    return found


def sign(entry: int, name: str) -> Json:
    """The observation of one sign of one set of readings."""
    return by_id("Observation", lens().id(number(entry), name))


def why_absent(one: Json) -> list[str]:
    """The codes of the reason for which there is no value: FHIR's and ours."""
    return [coding["code"] for coding in one["dataAbsentReason"]["coding"]]
