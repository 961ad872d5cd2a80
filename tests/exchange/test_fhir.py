"""Resources of FHIR R4: valid to checkers that know nothing of us, and true to the record."""

import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from clinic.exchange.library import code_book
from clinic.exchange.rules.fhir import bundle, questionnaires, resources
from clinic.exchange.rules.writing import json_text
from clinic.reports.rules.masks import Mask
from tests.exchange.checked import problems
from tests.exchange.made import (
    BABY_ID,
    HER_WORDS,
    KEY,
    dossier,
    lens,
    used,
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


def test_a_blood_pressure_is_one_observation_with_two_components_d2_1():
    pressure = sign(6, "blood_pressure")

    parts = {c["code"]["coding"][0]["code"]: c["valueQuantity"] for c in pressure["component"]}
    assert {code: (q["value"], q["code"]) for code, q in parts.items()} == {
        "8480-6": (164, "mm[Hg]"),
        "8462-4": (102, "mm[Hg]"),
    }
    assert pressure["interpretation"][0]["coding"][0]["code"] == "HH"
    assert pressure["effectiveDateTime"] == "2026-03-12T10:40:00+00:00"


def test_a_set_of_readings_is_a_vital_signs_panel_of_its_vital_signs():
    panel = sign(6, "panel")

    members = {one["reference"].removeprefix("Observation/") for one in panel["hasMember"]}
    vital = ("blood_pressure", "heart_rate", "respiratory_rate", "spo2", "temperature")
    assert panel["code"]["coding"][0]["code"] == "85353-1"
    assert members == {sign(6, name)["id"] for name in vital}


def test_zero_absent_not_measured_and_unrecordable_are_four_things_d2_5():
    ids = {one["id"] for one in of("Observation")}

    assert sign(8, "respiratory_rate")["valueQuantity"]["value"] == 0
    assert lens().id(number(8), "heart_rate") not in ids
    assert why_absent(sign(8, "spo2")) == ["asked-declined", "refused"]
    assert why_absent(sign(7, "heart_rate")) == ["unknown", "unrecordable"]
    asleep = sign(17, "blood_pressure")
    assert [why_absent(part) for part in asleep["component"]] == [["not-performed", "asleep"]] * 2


def test_a_number_keeps_its_digits():
    text = json_text(sign(2, "temperature"))

    assert '"value":36.50' in text
    assert json.loads(text, parse_float=Decimal)["valueQuantity"]["value"] == Decimal("36.50")


def test_oxygen_stands_beside_its_spo2_also_room_air_and_alone_without_one_d2_6():
    def flow(one: Json) -> Any:
        return one["component"][0]["valueQuantity"]["value"]

    assert (flow(sign(6, "spo2")), flow(sign(2, "spo2"))) == (Decimal("2.5"), 0)
    assert sign(17, "oxygen_l_min")["valueQuantity"]["value"] == 2


def test_a_correction_changes_the_value_and_says_who_when_and_why():
    heart, gone = sign(9, "heart_rate"), sign(9, "temperature")
    provenance = by_id("Provenance", lens().id(number(10), "provenance"))

    assert (heart["status"], heart["valueQuantity"]["value"]) == ("corrected", 72)
    assert (gone["status"], why_absent(gone)[0]) == ("entered-in-error", "error")
    assert "valueQuantity" not in gone
    assert {one["reference"] for one in provenance["target"]} == {
        f"Observation/{sign(9, name)['id']}" for name in ("heart_rate", "spo2", "temperature")
    }
    assert provenance["activity"]["coding"][0]["code"] == "UPDATE"
    assert provenance["reason"] == [{"text": HER_WORDS}]


def test_what_was_withdrawn_is_in_error_without_any_value():
    signs = [sign(11, name) for name in ("heart_rate", "blood_pressure", "moaas")]

    assert {one["status"] for one in signs} == {"entered-in-error"}
    assert "valueQuantity" not in json_text(signs)


def test_a_partial_dose_of_unknown_amount_has_no_number_and_nothing_was_not_done_d5_1():
    whole_, part, none = (by_id("MedicationAdministration", str(number(n))) for n in (3, 4, 5))

    assert (whole_["status"], whole_["dosage"]["dose"]["value"]) == ("completed", 28)
    assert (part["status"], "value" in part["dosage"]["dose"]) == ("stopped", False)
    assert part["dosage"]["dose"]["extension"][0]["valueCode"] == "unknown"
    assert part["dosage"]["text"] == "device 2: partial, amount unknown"
    assert (none["status"], "dosage" in none) == ("not-done", False)


def test_an_infusion_is_one_administration_with_the_pause_out():
    given = by_id("MedicationAdministration", str(number(201)))

    assert given["dosage"]["dose"]["value"] == Decimal("30.75")  # 41 min of 45 mg/h
    assert given["effectivePeriod"] == {
        "start": "2026-06-04T11:00:00+01:00",
        "end": "2026-06-04T11:46:00+01:00",
    }
    codes = [one.get("code") for one in given["medicationCodeableConcept"]["coding"]]
    assert codes == ["6130", "N01AX03", "racemic"]


def test_a_session_without_a_dose_is_an_encounter_and_no_administration():
    cancelled = [one for one in of("Encounter") if one["status"] == "cancelled"]
    given = [one["context"]["reference"] for one in of("MedicationAdministration")]

    assert len(cancelled) == 1
    assert f"Encounter/{cancelled[0]['id']}" not in given


def test_severe_and_serious_are_two_things_and_a_told_effect_says_neither():
    seen = by_id("AdverseEvent", str(number(15)))
    [told] = [one for one in of("AdverseEvent") if "seriousness" not in one]

    assert seen["seriousness"]["coding"][0]["code"] == "Serious"
    assert seen["severity"]["coding"][0]["code"] == "mild"
    assert told["outcome"]["coding"][0]["code"] == "unknown"
    assert told["event"]["text"] == "Headache"


def test_an_amendment_stands_beside_and_changes_no_value():
    beside = by_id(
        "Provenance", lens().id(dossier().courses[0].sessions[0].amendments[0].id, "provenance")
    )

    assert f"Observation/{sign(6, 'spo2')['id']}" in {t["reference"] for t in beside["target"]}
    assert HER_WORDS in beside["text"]["div"]
    assert sign(6, "spo2")["status"] == "final"


def test_the_total_of_the_epds_is_never_coded_as_its_panel():
    results = [one for one in of("Observation") if "derivedFrom" in one]
    codes = {one["code"]["text"]: one["code"]["coding"][0]["code"] for one in results}

    assert codes["EPDS, total"] == "99046-5"
    assert codes["PHQ-9, total"] == "44261-6"
    panels = {one["name"]: one["code"][0]["code"] for one in of("Questionnaire")}
    assert panels["EPDS"] == "71354-5"


def test_a_skipped_item_has_no_answer_and_leaves_no_total_d7_4():
    id_ = str(used("EPDS", 2, {}).id)
    answers, total = (
        by_id("QuestionnaireResponse", id_),
        by_id("Observation", lens().id(used("EPDS", 2, {}).id, "result")),
    )

    assert [one["linkId"] for one in answers["item"] if "answer" not in one] == ["4"]
    assert why_absent(total) == ["unknown", "items-missing"]


def test_wording_leaves_only_where_its_owner_lets_everybody_show_it():
    scales = {one["name"]: one for one in of("Questionnaire")}
    planted = replace(used("EPDS", 9, {"1": 0}).instrument.items[0], text="Wording of the owner")
    scale = used("EPDS", 9, {"1": 0}).instrument
    worded = replace(scale, items=(planted, *scale.items[1:]))
    hers = dossier()
    use = replace(used("EPDS", 9, {"1": 0}), instrument=worded)
    with_it = replace(hers, courses=(replace(hers.courses[0], scores=(use,)), *hers.courses[1:]))

    assert scales["PHQ9"]["item"][0]["text"].startswith("Little interest")
    assert not any("text" in item for item in scales["EPDS"]["item"])
    left = [*questionnaires(lens(), with_it), *resources(lens(), with_it)]
    assert "Wording of the owner" not in json_text(left)


def test_an_infant_is_a_patient_of_its_own_so_that_its_weight_is_never_hers():
    [weight] = [
        one
        for one in of("Observation")
        if one["subject"]["reference"] == f"Patient/{BABY_ID}" and "valueQuantity" in one
    ]
    [child] = of("RelatedPerson")

    assert (weight["valueQuantity"]["value"], weight["valueQuantity"]["code"]) == (4210, "g")
    assert child["patient"]["reference"] == f"Patient/{dossier().person.id}"


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
