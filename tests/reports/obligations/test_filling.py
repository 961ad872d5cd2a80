"""A registry's form follows from the log; what is not there is named, never made up."""

from dataclasses import replace

import pytest

from clinic.reports.rules.obligations import FilledBy, FormTemplate, TemplateError, differences
from clinic.reports.rules.obligations.form_sources import SOURCES
from clinic.sessions.rules import log
from tests.reports.made import effect, left, reading, spray
from tests.reports.obligations.made import (
    LOT,
    TEMPLATE,
    asked,
    form_of,
    missing,
    values,
    whole_session,
)

PERSON = {"sex", "enrolled", "provider-phone", "in-range-before", "in-range-end"}
CLINIC = {"setting-address-1", "setting-city", "setting-state", "setting-zip"}


def without(entry_id_of: type[log.Entry], entries: list[log.Entry]) -> list[log.Entry]:
    return [entry for entry in entries if not isinstance(entry, entry_id_of)]


def test_the_form_of_a_whole_session_is_filled_from_its_log():
    """Definitions D1.1, D1.2, D1.4, D5.1, D7.8 and D8.7."""
    said = values(form_of(*whole_session()))

    assert said | {"first-treatment": "yes"} == said
    assert {said[item] for item in ("benzodiazepines", "hypnotics", "maois", "opioids")} == {"no"}
    assert (said["treatment-on"], said["born-on"]) == ("03/12/2026", "05/02/1994")
    assert (said["dose"], said["lots"]) == ("56 mg", "25K118, 25K119")
    assert (said["total-minutes"], said["ready-minutes"]) == ("127", "105")
    assert (said["before-systolic"], said["between-systolic"]) == ("118", "122")
    assert (said["end-systolic"], said["end-diastolic"]) == ("125", "78")
    assert (said["sedation"], said["dissociation"], said["serious-event"]) == ("no", "no", "no")
    assert (said["provider-first-name"], said["provider-last-name"]) == ("Aiko", "Kimura")


def test_only_what_a_person_or_the_clinic_says_is_missing_then():
    found = missing(form_of(*whole_session()))

    assert set(found) == PERSON | CLINIC | {"respiratory-depression"}
    assert found["setting-city"] == "not set by this clinic"


def test_what_was_typed_stands_on_it_and_is_marked_as_said_by_a_person():
    content = form_of(*whole_session(), typed={"sex": "Female", "ready-minutes": "110"})

    fields = {one.field.code: one for one in content.fields}
    assert (fields["sex"].value, fields["sex"].typed) == ("Female", True)
    assert (fields["ready-minutes"].value, fields["ready-minutes"].typed) == ("110", True)


@pytest.mark.parametrize("code", ["total-minutes", "sedation", "before-systolic", "lots", "dose"])
def test_nobody_can_type_over_what_only_the_log_may_say(code):
    assert values(form_of(*whole_session(), typed={code: "999"}))[code] != "999"


def test_a_partial_device_is_never_rounded_to_the_plan():
    """Definitions D5.1."""
    half = spray(3, 5, lot="25K119", device_number=2, outcome=log.Outcome.PARTIAL)

    said = values(form_of(spray(2, 0, **LOT), half))

    assert said["dose"] == "Other: 28 mg + device 2 partial, amount unknown"


def test_a_device_without_a_lot_leaves_the_lots_missing():
    assert missing(form_of(spray(2, 0)))["lots"] == "a device without a lot"


def test_a_score_that_was_not_taken_makes_sedation_missing_and_not_no():
    """Definitions D2.4: missing is never normal."""
    found = form_of(*without(log.Observation, whole_session()))

    assert values(found)["sedation"] is None
    assert missing(found)["sedation"] == "no score shows it, and a reading has no score"


def test_why_a_pressure_was_not_measured_is_said():
    refused = log.NotMeasured(log.NotMeasuredReason.REFUSED)
    entries = [e for e in whole_session() if e.effective_at.minute != 40]

    found = form_of(*entries, reading(70, 40, {"blood_pressure": refused}))

    assert missing(found)["between-systolic"] == "not measured: refused"


def test_an_item_that_was_refused_or_never_asked_is_missing():
    refused = asked(50, "medicine-benzodiazepine", "refused")

    found = missing(form_of(refused, spray(2, 0, **LOT)))

    assert found["benzodiazepines"] == "refused to say"
    assert found["maois"] == "not asked before the dose"


def test_before_she_leaves_nothing_is_asked_that_comes_with_her_leaving():
    content = form_of(*whole_session()[:-2], minute=120)

    waiting = {one.field.code for one in content.waiting}
    assert {"total-minutes", "ready-minutes", "end-systolic", "sedation"} <= waiting
    assert not waiting & set(missing(content))


def test_enrolment_is_asked_only_at_a_first_treatment():
    content = form_of(*whole_session(), earlier_doses=True)

    assert values(content)["first-treatment"] == "no"
    assert "enrolled" not in missing(content)


def test_a_name_of_three_words_is_not_split_by_us():
    found = missing(form_of(*whole_session(), nurse="Ana de Souza"))

    assert (
        found["provider-first-name"] == found["provider-last-name"] == "type it as on the licence"
    )


def test_a_serious_event_of_the_log_is_a_yes():
    serious = effect(70, 60, term="other", serious=True, criterion="hospitalisation")

    assert values(form_of(*whole_session(), serious))["serious-event"] == "yes"


def test_labels_that_no_copy_shows_are_the_clinics_to_copy_and_no_others():
    """The sub-fields of events could be read in no copy of the form."""
    assert len(TEMPLATE.without_label) == 13
    assert {one.mark for one in TEMPLATE.without_label} == {"U"}
    assert not any(one.required for one in TEMPLATE.without_label)

    copied = TEMPLATE.with_words({"sedation-onset": "Time of onset", "dose": "Mine"}, {})

    labels = {one.code: one.label for one in copied.fields}
    assert (labels["sedation-onset"], labels["dose"]) == ("Time of onset", "Dose")


def test_a_form_is_the_same_after_it_was_written_down():
    assert FormTemplate.from_json(TEMPLATE.to_json()) == TEMPLATE


def test_every_source_that_the_record_has_is_asked_by_the_shipped_form():
    taken = {one.takes for one in TEMPLATE.fields if one.by is FilledBy.RECORD}

    assert set(SOURCES) <= taken


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"takes": "heart-of-gold"}, "heart-of-gold is nothing that the record holds."),
        ({"when": "sex"}, "sex is no yes-no field before it."),
        ({"choices": ("a",)}, "choices belong to the kind choice, and to no other."),
        ({"takes": None}, "takes says from where"),
    ],
)
def test_a_form_that_makes_no_sense_says_where(change, says):
    [first, *rest] = TEMPLATE.sections
    [one, *others] = first.fields
    broken = replace(first, fields=(replace(one, **change), *others))
    text = replace(TEMPLATE, sections=(broken, *rest)).to_json()

    with pytest.raises(TemplateError, match=says):
        FormTemplate.from_json(text)


def test_what_the_record_says_differently_since_is_named():
    kept = form_of(*whole_session()).as_written()
    now = form_of(*whole_session()[:-1], left(90, 140), typed={"sex": "Female"}).as_written()

    found = differences(kept, now)

    assert ("Total minutes from first device to completion of monitoring", "127", "140") in found
    assert ("Sex", "nothing", "Female") in found
