"""Doses, side effects, answers, infants as FHIR R4 tells them: true to the record."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from clinic.exchange.rules.fhir import questionnaires, resources
from clinic.exchange.rules.writing import json_text
from tests.exchange.made import (
    BABY_ID,
    HER_WORDS,
    TOLD_ID,
    dossier,
    lens,
    used,
)
from tests.exchange.record import by_id, of, sign, why_absent
from tests.reports.made import number

AT = "2026-03-12T10:00:00+00:00"
Json = dict[str, Any]


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


def told_events(found: list[Json] | None = None) -> list[Json]:
    """The side effects that she told of: nobody asked how serious they were."""
    return [one for one in of("AdverseEvent", found) if "event" in one and "seriousness" not in one]


def test_severe_and_serious_are_two_things_and_a_told_effect_says_neither():
    seen = by_id("AdverseEvent", str(number(15)))
    [told] = told_events()

    assert seen["seriousness"]["coding"][0]["code"] == "Serious"
    assert seen["severity"]["coding"][0]["code"] == "mild"
    assert told["outcome"]["coding"][0]["code"] == "unknown"
    assert told["event"]["text"] == "Headache"


def test_a_follow_up_that_reached_her_is_an_encounter_in_which_she_told_of_it():
    call = by_id("Encounter", str(TOLD_ID))
    [told] = told_events()
    first, *others = dossier().courses
    without = replace(dossier(), courses=(replace(first, contacts=()), *others))
    [unknown] = told_events(list(resources(lens(), without)))

    assert (call["class"]["code"], call["status"]) == ("VR", "finished")
    assert told["encounter"]["reference"] == f"Encounter/{TOLD_ID}"
    assert "encounter" not in unknown


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


def test_a_withdrawn_side_effect_is_entered_in_error_and_has_no_term_any_more():
    gone = by_id("AdverseEvent", str(number(19)))
    [changed] = [
        one
        for one in of("Provenance")
        if {"reference": f"AdverseEvent/{number(19)}", "type": "AdverseEvent"} in one["target"]
    ]

    assert [one["valueCode"] for one in gone["modifierExtension"]] == ["entered-in-error"]
    assert not {"event", "severity", "outcome", "date"} & gone.keys()
    assert changed["activity"]["coding"][0]["code"] == "NULLIFY"


def test_the_evaluation_and_each_decision_are_judgements_with_their_signature():
    found = {one["id"]: one for one in of("ClinicalImpression")}
    said = [[f["itemCodeableConcept"]["text"] for f in one["finding"]] for one in found.values()]
    signed = [
        one["target"][0]["reference"].partition("/")[2]
        for one in of("Provenance")
        if one["target"][0]["type"] == "ClinicalImpression"
    ]
    change, stop = list(found.values())[1:]

    assert said == [["Eligible"], ["Change"], ["Stop", "Side effects"]]
    assert signed == list(found)
    assert stop["previous"]["reference"] == f"ClinicalImpression/{change['id']}"
    assert change["extension"][0]["valueDate"] == "2026-03-26"
    assert [one["text"] for one in change["note"]] == [
        "New dose: 56 mg",
        f"New schedule: {HER_WORDS}",
    ]


def test_the_judgements_of_a_course_that_was_opened_in_error_say_so():
    hers = dossier()
    first = replace(hers.courses[0].export, end_reason="opened-in-error")
    course = replace(hers.courses[0], export=first)

    found = list(resources(lens(), replace(hers, courses=(course,))))

    assert {one["status"] for one in of("ClinicalImpression", found)} == {"entered-in-error"}
