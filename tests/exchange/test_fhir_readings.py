"""Readings as FHIR R4 tells them: what a value is, and what it is not."""

import json
from decimal import Decimal
from typing import Any

from clinic.exchange.rules.writing import json_text
from tests.exchange.made import (
    HER_WORDS,
    lens,
)
from tests.exchange.record import by_id, of, sign, why_absent
from tests.reports.made import number

AT = "2026-03-12T10:00:00+00:00"
Json = dict[str, Any]


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
