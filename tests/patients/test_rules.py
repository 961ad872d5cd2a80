"""This file is about names and dates of patients: folding, slips, what can be meant or true."""

from datetime import date

import pytest

from clinic.patients.rules import (
    Feeding,
    fault_of_birth,
    fault_of_delivery,
    fault_of_infant_birth,
    folded,
    gives_milk,
    is_near_delivery,
    nearest,
    possible_dates,
    searchable,
)

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Åse  Sørensen", "ase sorensen"),
        ("O’Neill-Łukasz", "oneill lukasz"),
        ("GROẞ", "gross"),
        ("Nguyễn", "nguyen"),
        ("ＭＡＹＡ", "maya"),
        ("Мария", "мария"),
        ("😀", "😀"),
    ],
)
def test_a_name_is_folded_for_searching(name, key):
    assert folded(name) == key


@pytest.mark.parametrize(
    ("word", "other", "found"),
    [
        ("tores", "torres", True),
        ("torrse", "torres", True),
        ("tornes", "torres", True),
        ("tottes", "torres", False),
        ("levi", "levy", True),
        ("lev", "lew", False),
        ("margarte", "margareta", True),
        ("margerite", "margareta", False),
        ("mueller", "muller", True),
        ("marg", "margareta", True),
    ],
)
def test_slips_are_forgiven_by_length(word, other, found):
    assert (other in nearest(word, [other])) is found


@pytest.mark.parametrize(
    "typed",
    ["04 Jun 1994", "4.6.1994", "04/06/1994", "1994-06-04", "19940604", "04061994", "Jun 4, 1994"],
)
def test_a_date_is_read_in_any_usual_order(typed):
    assert date(1994, 6, 4) in possible_dates(typed)


def test_a_date_that_can_mean_two_days_means_both():
    assert possible_dates("06/04/1994") == {date(1994, 4, 6), date(1994, 6, 4)}


def test_two_digits_of_a_year_are_of_either_century():
    assert {date(1994, 6, 14), date(2094, 6, 14)} == possible_dates("14.6.94")


@pytest.mark.parametrize(
    "typed", ["31.02.1994", "1994", "4 6", "٤.٦.١٩٩٤", "４.６.１９９４", "4.6.0094", "x", ""]
)
def test_what_is_no_date_means_no_day(typed):
    assert possible_dates(typed) == set()


def test_only_the_first_hundred_characters_that_can_be_seen_are_searched_for():
    assert searchable(" a\x00\u202eb \t c" + "d" * 200) == "ab c" + "d" * 96


@pytest.mark.parametrize(
    ("born_on", "can_be"),
    [
        (date(2026, 3, 12), False),
        (date(2026, 3, 13), False),
        (date(2016, 3, 12), True),
        (date(2016, 3, 13), False),
        (date(1955, 3, 13), True),
        (date(1955, 3, 12), False),
    ],
)
def test_a_date_of_birth_makes_her_ten_to_seventy(born_on, can_be):
    assert (fault_of_birth(born_on, TODAY) is None) is can_be


@pytest.mark.parametrize(
    ("gave_birth_on", "can_be"),
    [
        (date(2026, 3, 12), True),
        (date(2026, 3, 13), False),
        (date(2004, 6, 4), True),
        (date(2004, 6, 3), False),
    ],
)
def test_a_delivery_is_not_in_the_future_nor_in_her_childhood(gave_birth_on, can_be):
    assert (fault_of_delivery(gave_birth_on, date(1994, 6, 4), TODAY) is None) is can_be


def test_an_infant_is_not_born_tomorrow_nor_before_its_mother():
    assert fault_of_infant_birth(date(2026, 3, 12), date(1994, 6, 4), TODAY) is None
    assert fault_of_infant_birth(date(2026, 3, 13), date(1994, 6, 4), TODAY) is not None
    assert fault_of_infant_birth(date(1990, 1, 1), date(1994, 6, 4), TODAY) is not None


def test_an_infant_is_of_the_delivery_within_two_days():
    assert is_near_delivery(date(2026, 1, 24), date(2026, 1, 22))
    assert is_near_delivery(date(2026, 1, 20), date(2026, 1, 22))
    assert not is_near_delivery(date(2026, 1, 25), date(2026, 1, 22))
    assert is_near_delivery(date(2026, 1, 25), None)


@pytest.mark.parametrize(
    ("answers", "gives"),
    [
        ([], None),
        ([None], None),
        ([Feeding.FORMULA], False),
        ([Feeding.FORMULA, None], None),
        ([Feeding.FORMULA, Feeding.EXPRESSED], True),
        ([None, Feeding.BREAST], True),
        ([Feeding.NOT_FEEDING], False),
    ],
)
def test_not_asked_is_never_no(answers, gives):
    assert gives_milk(answers) is gives
