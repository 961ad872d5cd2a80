"""Resources of FHIR R4: valid to checkers that know nothing of us, and whole."""

from collections import Counter
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from clinic.exchange.library import code_book
from clinic.exchange.rules.fhir import bundle, resources
from clinic.exchange.rules.writing import json_text
from tests.exchange.checked import problems
from tests.exchange.made import (
    dossier,
    lens,
)
from tests.exchange.record import of, sign, whole

AT = "2026-03-12T10:00:00+00:00"
Json = dict[str, Any]


# What is planted: which resource, what is done to it, and who says so.
def wrong_code(one: Json) -> None:
    one["status"] = "finished"


def wrong_type(one: Json) -> None:
    one["valueQuantity"]["value"] = "72"


def missing_required(one: Json) -> None:
    del one["code"]


def bad_unit(one: Json) -> None:
    one["valueQuantity"]["code"] = "beats/min"


def wrong_reference(one: Json) -> None:
    one["subject"] = {"reference": "Encounter/1", "type": "Encounter"}


def unknown_element(one: Json) -> None:
    one["valeu"] = 1


def bad_moment(one: Json) -> None:
    one["effectiveDateTime"] = "12/03/2026 10:40"


FAULTS = (
    wrong_code,
    wrong_type,
    missing_required,
    bad_unit,
    wrong_reference,
    unknown_element,
    bad_moment,
)


def test_a_whole_record_has_no_fault_and_every_planted_fault_is_found():
    heart = sign(6, "heart_rate")
    planted = [deepcopy(heart) for _ in FAULTS]
    for one, plant in zip(planted, FAULTS, strict=True):
        plant(one)
    good = [*whole(), *whole(masked=True), bundle(code_book(), whole(), AT)]

    found = problems([*good, *planted])

    assert [one for one in found if one["line"] < len(good)] == []
    caught = {one["line"] - len(good) for one in found}
    assert [fault.__name__ for n, fault in enumerate(FAULTS) if n not in caught] == []


def test_every_reference_leads_to_a_resource_of_the_file():
    for found in (whole(), whole(masked=True)):
        names = [f"{one['resourceType']}/{one['id']}" for one in found]

        assert set(references(found)) <= set(names)
        assert max(Counter(names).values()) == 1


def test_in_a_bundle_every_reference_leads_to_the_full_url_of_an_entry():
    made = bundle(code_book(), whole(), AT)

    addresses = {entry["fullUrl"] for entry in made["entry"]}
    assert len(addresses) == len(made["entry"]) == len(whole())
    assert {f"https://clinic.invalid/fhir/{name}" for name in references(made)} <= addresses


def references(value: Any) -> list[str]:
    """Every reference in it."""
    if isinstance(value, list):
        return [name for one in value for name in references(one)]
    if not isinstance(value, dict):
        return []
    own = [value["reference"]] if isinstance(value.get("reference"), str) else []
    return own + [name for one in value.values() for name in references(one)]


@pytest.mark.parametrize(
    "word",
    [
        "Zephyrine",
        "Maya",
        "Torres",
        "Quentin",
        "Aiko",
        "Okafor",
        "P-1001",
        "harbour",
        "1994-05-02",
        "2026-01-22",
        "2026-03-12",
    ],
)
def test_de_identified_nothing_tells_who_she_is_or_when(word):
    assert word in json_text(whole())
    assert word not in json_text(whole(masked=True))


def test_de_identified_every_interval_stays():
    def moments(found: list[Json]) -> list[str]:
        return sorted(
            one["effectiveDateTime"] for one in of("Observation", found) if "encounter" in one
        )

    plain, masked = (
        [datetime.fromisoformat(m) for m in moments(whole(masked=m))] for m in (False, True)
    )
    assert [at - plain[0] for at in plain] == [at - masked[0] for at in masked]
    assert timedelta(days=1) <= plain[0] - masked[0] <= timedelta(days=365)


def test_parts_that_were_not_asked_for_stay_out():
    kinds = {one["resourceType"] for one in resources(lens(), dossier(), ["doses"])}

    assert {"Patient", "Encounter", "MedicationAdministration"} <= kinds
    assert "AdverseEvent" not in kinds
    assert "Amendment" not in json_text(list(resources(lens(), dossier(), ["observations"])))
    assert "Amendment" in json_text(whole())
