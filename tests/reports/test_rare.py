"""This file is about combinations that few women share: they are counted, and warned of."""

from datetime import date

import pytest

from clinic.reports.rules.rare import Profile, age, profile, rarity

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def one(weeks: int | None = 7, band: str = "30-34") -> Profile:
    return Profile("harbour", weeks, band)


def test_four_women_alike_are_rare_and_five_are_not():
    found = rarity([one(7)] * 4 + [one(8)] * 5)

    assert [(rare.profile.weeks, rare.women) for rare in found.rare] == [(7, 4)]
    assert (found.women, found.in_rare) == (9, 4)


def test_the_warning_counts_women_and_says_what_it_means():
    found = rarity([one(7)] * 5 + [one(9), one(None)])

    assert found.warning.startswith("2 of 7 women share weeks after the birth, clinic and age in ")
    assert [rare.words for rare in found.rare] == [
        "no birth on record, aged 30-34",
        "9 weeks after the birth, aged 30-34",
    ]


def test_nothing_rare_gives_no_warning():
    assert rarity([one()] * 5).warning is None
    assert rarity([]).warning is None


def test_another_clinic_is_another_combination():
    found = rarity([one()] * 5 + [Profile("hill", 7, "30-34")])

    assert [rare.profile.clinic for rare in found.rare] == ["hill"]


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2026, 5, 1), 31), (date(2026, 5, 2), 32), (date(2027, 1, 1), 32)],
)
def test_an_age_is_that_of_the_last_birthday(on, years):
    assert age(date(1994, 5, 2), on) == years


def test_a_profile_is_of_the_day_the_course_was_opened():
    made = profile("harbour", date(1994, 5, 2), date(2026, 3, 11), date(2026, 1, 22))

    assert made == Profile("harbour", 6, "30-34")
    assert profile("harbour", date(1934, 1, 1), date(2026, 3, 11), None).band == "90 or older"


@sqlite_only
def test_the_builder_warns_of_one_woman_alone(treated, administrator) -> None:
    said = administrator.get("/reports/exports/count?from=2026-03-01&to=2026-03-31").text

    assert "1 session, 1 patient" in said
    assert "1 of 1 women share weeks after the birth, clinic and age in five years" in said


@sqlite_only
def test_nobody_in_a_period_is_nobody_to_warn_of(treated, administrator) -> None:
    said = administrator.get("/reports/exports/count?from=2025-03-01&to=2025-03-31").text

    assert said.strip() == "0 sessions, 0 patients"
