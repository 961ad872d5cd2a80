"""This file is about sections: who has one open, folded ones, the record, milk, the referral."""

import re

import pytest

from tests.evaluation.room import NOTHING_AGAINST, address, consent_signed, hand_in_all, words
from tests.links.room import reachable, set_up

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_a_section_that_somebody_else_has_open_says_who_and_is_only_read(
    desk, course_id, colleague, clock
):
    opened = address(course_id) + "?section=severity"
    assert desk.post(address(course_id, "severity", "open")).status_code == 204
    desk.somebody = colleague

    page = desk.get(opened)
    taken = desk.get(f"{opened}&take=1")
    clock.advance(minutes=2)
    later = desk.get(opened)

    assert "is editing" in page.text
    assert "It is only read here meanwhile." in page.text
    assert "Hand in ·" not in page.text
    assert "Hand in ·" in taken.text
    assert "is editing" not in later.text
    assert "Hand in ·" in later.text


def test_handing_in_closes_the_section_for_others(desk, course_id, colleague):
    desk.post(address(course_id, "severity", "open"))
    desk.post(address(course_id, "severity"), harm_infant="no")
    desk.somebody = colleague

    assert "is editing" not in desk.get(address(course_id)).text


def test_a_complete_section_is_folded_to_a_summary_with_edit(desk, app, course_id):
    hand_in_all(app, desk.somebody, course_id)

    page = words(desk.get(address(course_id) + "?section=decision"))

    assert "Readings Systolic blood pressure: 118" in page
    assert "Edit Medical history" in page
    assert "2 counted, 2 needed" in page
    assert "Judged by hand: Full dose, seen in the letter" in page


def test_the_list_is_preselected_only_where_the_record_answers(desk, course_id):
    said = NOTHING_AGAINST["health"] | {"systolic": "146"}
    desk.post(address(course_id, "health"), **said)

    page = desk.get(address(course_id) + "?section=contraindications").text

    assert re.findall(r'name="(\w+)"[^>]*value="(\w+)" checked', page) == [
        ("pressure_today", "yes"),
        ("pregnant_now", "no"),
    ]
    assert page.count("filled in for you") == 2


def test_what_others_say_about_her_milk_stands_beside_the_choice_with_its_version(desk, course_id):
    page = words(desk.get(address(course_id) + "?section=infant"))

    assert "Breastfeeding is not recommended during treatment. as reprinted 30 Oct 2025" in page
    assert "12 h after the last dose. Wolfson 2022/23" in page


def test_another_pause_than_the_protocol_suggests_needs_its_reason(desk, course_id, rows):
    said = NOTHING_AGAINST["infant"] | {"pause_hours": "24"}
    desk.post(address(course_id, "infant"), **said)

    assert "Why another pause than the protocol suggests" in words(desk.get(address(course_id)))
    desk.post(address(course_id, "infant"), **said, pause_reason="She wishes it", based_on="1")
    assert rows()[1][2]["pause_reason"] == "She wishes it"


def test_a_day_on_which_something_was_done_is_not_in_the_future(desk, course_id, rows):
    said = NOTHING_AGAINST["health"] | {"pregnancy_test_on": "2031-01-01"}

    answer = desk.post(address(course_id, "health"), **said)

    assert answer.status_code == 422
    assert "Enter a day that is not after today." in words(answer)
    assert 'value="2031-01-01"' in answer.text
    assert rows() == []


def test_what_the_record_does_not_say_has_its_label_in_the_folded_section(desk, course_id):
    desk.post(address(course_id, "history"), **NOTHING_AGAINST["history"])

    page = words(desk.get(address(course_id)))

    assert "First · Diagnosis: not on record · Onset: not asked yet" in page


def test_talks_that_were_signed_with_her_consent_are_held(app, desk, somebody, course_id):
    consent_signed(app, somebody, course_id)

    page = words(desk.get(address(course_id)))

    assert "Treatment, its risks, that it is not approved for this, and other choices" in page
    assert "Dr Okafor, Tue 10 Mar" in page


def test_she_answers_by_herself_where_that_may_be_and_else_the_reason_stands_there(
    desk, app, work, course_id
):
    page = words(desk.get(address(course_id) + "?section=severity"))
    set_up(app)
    with work(desk.somebody):
        reachable(course_id)
    opened = desk.get(address(course_id) + "?section=severity").text

    assert "No link to her phone: An administrator enters" in page
    assert 'name="part" value="scale:PHQ9:standard:baseline"' in opened
    assert 'value="scale:EPDS:' not in opened
    assert "Hand her this tablet: PHQ-9" in opened


def test_papers_of_the_referral_are_listed_and_waited_for(desk, course_id):
    desk.post(address(course_id, "referral"), referral_letter="there", referral_birth="asked-for")

    page = words(desk.get(address(course_id)))

    assert "Waiting for: discharge letter of this birth and pregnancy." in page
    assert "0 of 8 sections complete" in page


def test_a_draft_says_what_the_corrected_record_says_where_nobody_changed_it(desk, course_id):
    hand_in_health(desk, course_id, systolic="146")
    sent = {"filled": ["pressure_today:yes", "pregnant_now:no"], "aneurysm": "no"}
    sent |= {"pressure_today": "yes", "pregnant_now": "yes"}
    desk.post(address(course_id, "contraindications", "draft"), **sent)

    hand_in_health(desk, course_id, systolic="118", based_on="1")

    page = desk.get(address(course_id) + "?section=contraindications").text
    assert sorted(re.findall(r'name="(\w+)"[^>]*value="(\w+)" checked', page)) == [
        ("aneurysm", "no"),
        ("pregnant_now", "yes"),
        ("pressure_today", "no"),
    ]
    assert page.count("filled in for you") == 1


def test_a_page_opened_before_the_record_was_corrected_is_not_handed_in(desk, course_id, rows):
    hand_in_health(desk, course_id, systolic="146")
    hand_in_health(desk, course_id, systolic="118", based_on="1")
    sent = {"filled": ["pressure_today:yes"], "pressure_today": "yes", "aneurysm": "no"}

    refused = desk.post(address(course_id, "contraindications"), **sent)

    assert refused.status_code == 409
    assert "The record changed after this page was opened" in refused.text
    assert ("pressure_today", "no") in re.findall(
        r'name="(\w+)"[^>]*value="(\w+)" checked', refused.text
    )
    assert [row[0] for row in rows()] == ["health", "health"]


def hand_in_health(desk, course_id, systolic, **sent):
    said = NOTHING_AGAINST["health"] | {"systolic": systolic}
    assert desk.post(address(course_id, "health"), **said, **sent).status_code == 303
