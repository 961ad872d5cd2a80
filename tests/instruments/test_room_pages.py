"""The pages of scales: answered item by item, what is typed is kept, each role sees its own."""

import re

import pytest

from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.instruments import queries
from clinic.instruments.library import library_instruments
from clinic.instruments.models import QuestionnaireResponse
from tests.instruments.room import fields, items, used

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
REVIEW = {
    "step": "safety-plan",
    "text": "Spoke with her; plan renewed.",
    "done_at": "2026-03-12T09:00",
}


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.fixture
def address(course_id):
    return f"/courses/{course_id}/scales"


@pytest.fixture
def response_id(work, somebody, course_id):
    """A use with a positive safety answer."""
    with work(somebody):
        return used(course_id, "EPDS", items(10, 2, _10=1)).id


@pytest.fixture
def patient_id(work, somebody, response_id):
    """Whose answers these are."""
    with work(somebody):
        return db.session.get_one(QuestionnaireResponse, response_id).patient_id


def test_a_scale_is_answered_and_what_it_came_to_is_shown(desk, address):
    saved = desk.post(f"{address}/EPDS/new", **fields(items(10, 2, _10=0)))

    assert saved.status_code == 303
    page = words(desk.get(saved.location))
    assert "18 of 30" in page
    assert "moderate" in page
    assert "Review in this visit" not in page
    assert "EPDS" in words(desk.get(address))


def test_a_positive_answer_is_shown_at_once_and_reviewed_there(desk, address, somebody, work):
    saved = desk.post(f"{address}/EPDS/new", **fields(items(10, 0, _10=2)))

    page = words(desk.get(saved.location))
    assert "Review in this visit" in page
    assert "EPDS item 10: 2" in page
    assert "Maya Osei" in words(desk.get("/safety"))
    unfinished = desk.post(f"{saved.location}/review", step="safety-plan", text=" ")
    assert unfinished.status_code == 422
    assert "Enter what you found and did." in unfinished.text
    assert desk.post(f"{saved.location}/review", **REVIEW).status_code == 303
    assert "Safety plan made or renewed with her" in words(desk.get(saved.location))
    assert "Nothing waits." in desk.get("/safety").text
    assert desk.post(f"{saved.location}/review", **REVIEW).status_code == 409


def test_open_items_are_saved_only_when_somebody_says_so(desk, address, work, somebody, course_id):
    sent = fields(items(9, 1, _9=None))

    asked = desk.post(f"{address}/PHQ9/new", **sent)

    assert asked.status_code == 422
    assert "Items are not answered: 9." in asked.text
    assert re.findall(r'name="(\w+)"[^>]* checked', asked.text) == [
        *(f"item_{n}" for n in range(1, 9)),
        "way",
    ]
    assert desk.post(f"{address}/PHQ9/new", **sent, gaps="y").status_code == 303
    with work(somebody):
        assert queries.latest(course_id, "PHQ9").score.missing == ("9",)
    assert "not answered, ask today" in words(desk.get("/safety"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"item_4": "9"}, "Choose item 4 from the list."),
        ({"item_4": "x' OR 1=1"}, "Choose item 4 from the list."),
        ({"moment": ""}, "Choose the moment."),
        ({"moment": "never"}, "Choose moment from the list."),
        ({"way": "link"}, "Choose how from the list."),
        ({"answered_at": "yesterday"}, "Enter answered at as date and time"),
        ({"answered_at": "2026-03-13T09:00"}, "Enter a time that is not in the future."),
    ],
)
def test_nonsense_is_refused_beside_its_field_and_the_rest_is_kept(
    desk, address, changed, sentence
):
    answer = desk.post(f"{address}/EPDS/new", **fields(items(10, 1), **changed))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'id="item_2-1" value="1" checked' in answer.text


def test_a_screener_opens_items_by_skip_logic_and_has_a_level_with_its_rule(desk, address):
    closed = {"item_1": "0", "item_2": "0", "item_3": "1", "item_6": "0"}
    yes = {"item_1": "1", "item_2": "1", "item_3": "1", "item_4": "0", "item_5": "0", "item_6": "0"}
    when = fields({})

    page = desk.get(f"{address}/CSSRS_SCREEN_SLC/new").text
    refused = desk.post(f"{address}/CSSRS_SCREEN_SLC/new", **when | closed)
    saved = desk.post(f"{address}/CSSRS_SCREEN_SLC/new", **when | yes)

    assert page.count('data-only-if="item_2" data-answered="1"') == 3
    assert "Item 3 is asked only when item 2 is yes." in refused.text
    shown = words(desk.get(saved.location))
    assert "Moderate" in shown
    assert "item 3 yes (item 3; screener logic" in shown
    assert "has no total" not in shown


def test_d7_3_a_scale_that_is_too_early_says_why_and_cannot_be_sent(desk, address, response_id):
    desk.role = Role.PSYCHIATRIST

    page = words(desk.get(f"{address}/EPDS/new"))
    sent = desk.post(f"{address}/EPDS/new", **fields(items(10, 1), answered_at="2026-03-12T09:00"))

    assert "It cannot be answered now. EPDS looks back 7 days" in page
    assert "The next time is from Thu 19 Mar 2026, 09:00 on." in words(desk.get(address))
    assert sent.status_code == 422
    assert "The next time is from" in sent.text


def test_a_correction_keeps_both_answers(desk, address, response_id):
    page = desk.get(f"/scales/{response_id}/correct").text
    assert 'id="item_10-2" value="1" checked' in page

    unsaid = desk.post(f"/scales/{response_id}/correct", **fields(items(10, 0)))
    saved = desk.post(f"/scales/{response_id}/correct", **fields(items(10, 0), reason="misread"))
    again = desk.post(f"/scales/{response_id}/correct", **fields(items(10, 1), reason="late"))

    assert "Enter why it is corrected." in unsaid.text
    shown = words(desk.get(saved.location))
    assert "EPDS item 10: 1, later changed to 0" in shown
    assert "misread" in shown
    assert again.status_code == 409
    assert "corrected meanwhile" in again.text


def test_what_was_entered_in_error_is_struck_from_the_list(desk, address, response_id):
    saved = desk.post(f"/scales/{response_id}/error", reason="another woman")

    assert "Entered in error; it counts nowhere. another woman" in words(desk.get(saved.location))
    assert "Entered in error" in words(desk.get(address))
    assert desk.get(f"/scales/{response_id}/error").status_code == 200


def test_the_other_order_of_the_pbq_prints_other_numbers(desk, address, work, somebody, course_id):
    sent = fields({str(n): 0 for n in range(1, 26)})

    page = desk.get(f"{address}/PBQ/new?form=2001").text
    saved = desk.post(f"{address}/PBQ/new?form=2001", **sent)

    order = library_instruments()["PBQ"].form("2001").order
    printed = re.findall(r'id="item_(\w+)" tabindex.*?class="no">(\w+)<', page, re.S)
    assert printed == [(item, str(place)) for place, item in enumerate(order, 1)]
    assert saved.status_code == 303
    with work(somebody):
        assert queries.latest(course_id, "PBQ").response.form_code == "2001"


def test_every_scale_has_a_page_and_wording_only_where_it_may_be_shown(desk):
    library = desk.get("/settings/scales").text
    for scale in library_instruments().values():
        page = desk.get(f"/settings/scales/{scale.code}")
        assert page.status_code == 200
        assert f"/settings/scales/{scale.code}/en" in library
        assert ("Skeleton" in page.text) is not scale.text_reproducible
    assert desk.get("/settings/scales/NOPE").status_code == 404


def test_every_scale_can_be_opened_to_answer(desk, address):
    for scale in library_instruments().values():
        for form in scale.forms:
            status = desk.get(f"{address}/{scale.code}/new?form={form.code}").status_code
            assert status == (404 if scale.method == "trial-list" else 200), scale.code
    assert desk.get(f"{address}/EPDS/new?form=weekly").status_code == 404


def test_the_course_and_the_chart_show_the_latest_and_what_waits(desk, course_id, patient_id):
    course = words(desk.get(f"/courses/{course_id}"))
    chart = words(desk.get(f"/patients/{patient_id}"))

    assert "Latest scores" in course
    assert "19 of 30" in course
    assert "EPDS item 10: 1" in chart


def test_who_may_record_and_review(desk, address, response_id):
    may = {
        Role.NURSE: (200, 200, 200),
        Role.PSYCHIATRIST: (200, 200, 200),
        Role.THERAPIST: (200, 200, 403),
        Role.ADMINISTRATOR: (403, 403, 403),
        Role.AUDITOR: (403, 403, 403),
    }
    for role, expected in may.items():
        desk.role = role
        pages = (address, f"{address}/GAD7/new", "/safety")
        assert tuple(desk.get(page).status_code for page in pages) == expected, role
    desk.role = Role.THERAPIST
    assert "Fetch a nurse or a psychiatrist now" in desk.get(f"/scales/{response_id}").text
    assert desk.post(f"/scales/{response_id}/review", **REVIEW).status_code == 403


def test_every_opening_is_in_the_trail(desk, patient_id, response_id):
    desk.get(f"/scales/{response_id}")

    assert any("instruments.show" in body for body in desk.openings(patient_id))


def test_another_clinic_finds_nothing(desk, address, response_id, stranger):
    desk.somebody = stranger

    for page in (address, f"/scales/{response_id}", f"{address}/EPDS/new"):
        assert desk.get(page).status_code == 404
    assert "Nothing waits." in desk.get("/safety").text
