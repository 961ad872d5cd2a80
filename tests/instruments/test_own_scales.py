"""A scale of the clinic's own making: a plain sum, its next version, and never validated."""

import re

import pytest

from clinic.core.permissions import Role
from clinic.instruments import queries
from clinic.instruments.rules import AskedBy, score
from clinic.instruments.rules.own import OwnFacts, answers_in, own_scale
from tests.instruments.room import fields

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FACTS = OwnFacts(
    name="Rest",
    title="How she rested",
    stem="Last night",
    items=("Falling asleep", "Waking up"),
    answers=((0, "Well"), (1, "Badly")),
    recall_hours=24,
    recall_words="24 hours",
    by=AskedBy.PATIENT,
)
TYPED = {
    "name": "Rest",
    "title": "How she rested",
    "items": "Falling asleep\r\n\r\nWaking up",
    "answers": "0 Well\r\n1 Badly",
    "recall": "24-hours",
    "by": "patient",
}


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_its_total_is_the_plain_sum_and_it_says_that_nobody_validated_it():
    scale = own_scale(FACTS, "Harbour Clinic", 1)

    assert (scale.scoring.range.lowest, scale.scoring.range.highest) == (0, 2)
    assert score(scale, {"1": 1, "2": 0}).total == 1
    assert score(scale, {"1": 1}).total is None
    assert scale.not_validated == "Made by this clinic. Nobody has validated it."
    assert (scale.band_sets, scale.safety, scale.response) == ((), (), ())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Well", "Line 1: write a score"),
        ("0 Well\n-1 Badly", "Line 2: write a score"),
        ("0 Well", "at least two answers"),
        ("0 Well\n0 Badly", "each with a score of its own"),
        ("", "at least two answers"),
    ],
)
def test_answers_that_are_none_are_refused_by_their_line(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        answers_in(typed)


@sqlite_only
def test_it_is_added_answered_and_says_not_validated_beside_its_value(
    desk, work, somebody, stranger, course_id
):
    desk.role = Role.ADMINISTRATOR
    added = desk.post("/settings/scales/new", **TYPED)
    register = words(desk.get(added.location))
    desk.role = Role.NURSE
    saved = desk.post(
        f"/courses/{course_id}/scales/OWN_REST/new", **fields({"1": 1, "2": 1}, moment="other")
    )

    assert added.status_code == 303
    assert "How she rested version 1 · English Harbour Clinic Own Loaded Yes" in register
    assert "Not validated" in register
    shown = words(desk.get(saved.location))
    assert "2 of 2 Not validated" in shown
    assert "Waking up" in shown
    with work(somebody):
        assert queries.may_go_to_phone("OWN_REST").allowed
    with work(stranger):
        assert queries.current("OWN_REST") is None


@sqlite_only
def test_the_same_name_again_is_the_next_version_and_former_answers_keep_theirs(
    desk, work, somebody, course_id
):
    desk.role = Role.ADMINISTRATOR
    desk.post("/settings/scales/new", **TYPED)
    desk.role = Role.NURSE
    desk.post(f"/courses/{course_id}/scales/OWN_REST/new", **fields({"1": 1, "2": 1}))
    desk.role = Role.ADMINISTRATOR

    same = desk.post("/settings/scales/new", **TYPED)
    changed = desk.post("/settings/scales/new", **TYPED | {"items": "Falling asleep"})

    assert "says the same already" in same.text
    assert changed.status_code == 303
    with work(somebody):
        assert queries.current("OWN_REST").version == "2"
        assert queries.latest(course_id, "OWN_REST").instrument.version == "1"


@sqlite_only
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "!!"}, "Use letters or digits in the name."),
        ({"items": " "}, "Enter at least one item."),
        ({"items": "x\n" * 41}, "At most 40 items."),
        ({"answers": "0 Well\nBadly"}, "Line 2: write a score"),
        ({"recall": "a-year"}, "Choose looks back from the list."),
    ],
)
def test_what_makes_no_scale_is_refused_beside_its_field(desk, changed, sentence):
    desk.role = Role.ADMINISTRATOR

    answer = desk.post("/settings/scales/new", **TYPED | changed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "How she rested" in answer.text
