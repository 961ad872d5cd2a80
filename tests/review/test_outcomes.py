"""This file is about response and remission of a course: said by D7, or "Not enough data"."""

import pytest

from clinic.review.rules import OutcomeWord, badges, latest_of, leading_scale, scale_rows
from tests.review.made import course, maya, one_session, use


def badge(moment, *uses, day=40):
    record = course(*uses, sessions=one_session(), day=day)
    return next(one for one in badges(record) if one.code == moment)


@pytest.mark.parametrize(
    ("total", "word", "percent"),
    [(17, "response", -50), (18, "partial", -47), (26, "no-response", -23)],
)
def test_response_at_day_7_is_half_of_the_baseline_in_whole_numbers(total, word, percent):
    """Definitions D7.2 and D7.3."""
    found = badge("day-7", use("MADRS", -1, 34), use("MADRS", 7, total))

    assert (found.word, found.percent) == (word, percent)
    assert (found.title, found.baseline, found.total) == ("MADRS, standard", 34, total)


def test_remission_has_its_own_word():
    """Definitions D7.2."""
    assert badge("day-28", use("MADRS", -1, 34), use("MADRS", 28, 10)).word == "remission"


def test_at_24_hours_only_the_24_hour_version_counts_against_itself():
    """Definitions D7.3."""
    before = [use("MADRS", -1, 34), use("MADRS", -1, 33, form="24-hours")]

    found = badge("24-hours", *before, use("MADRS", 1, 21, form="24-hours"))

    assert (found.title, found.word) == ("MADRS, 24-hour version", "partial")
    assert (found.baseline, found.total) == (33, 21)


def test_the_standard_form_at_24_hours_is_not_enough_data():
    """Definitions D7.3."""
    found = badge("24-hours", use("MADRS", -1, 34), use("MADRS", 1, 12))

    assert (found.word, found.percent) == (OutcomeWord.NOT_ENOUGH_DATA, None)
    assert found.why == "No total of this form in the 14 days before the first dose."


def test_a_baseline_older_than_14_days_is_none():
    """Definitions D7.1."""
    found = badge("day-7", use("MADRS", -14.5, 34), use("MADRS", 7, 12))

    assert (found.word, found.baseline) == ("not-enough-data", None)
    assert "14 days before the first dose" in found.why


def test_a_score_outside_the_window_is_none():
    """Definitions D7.3."""
    found = badge("day-7", use("MADRS", -1, 34), use("MADRS", 9, 12))

    assert (found.word, found.why) == (
        "not-enough-data",
        "No total 6 to 8 days after the first dose.",
    )


@pytest.mark.parametrize(
    ("day", "word"), [(27, "planned"), (31, "planned"), (32, "not-enough-data")]
)
def test_a_moment_is_planned_until_its_window_has_closed(day, word):
    assert badge("day-28", use("MADRS", -1, 34), day=day).word == word


def test_without_a_baseline_nothing_is_planned_that_could_not_count():
    assert badge("day-28", day=5).word == "not-enough-data"


def test_a_course_on_another_scale_is_told_by_that_scale():
    """PHQ-9 looks back 14 days, so it speaks at day 28 and not at day 7."""
    uses = [use("PHQ9", -1, 20), use("PHQ9", 7, 9), use("PHQ9", 28, 4)]

    early, late = badge("day-7", *uses), badge("day-28", *uses)

    assert (early.word, late.word, late.scale) == ("not-enough-data", "remission", "PHQ9")
    assert early.why == "It looks back 2 weeks, longer than since the first dose."


def test_a_baseline_too_mild_for_remission_can_still_show_response():
    """Definitions D7.2: remission means something from MADRS 20 on."""
    assert badge("day-7", use("MADRS", -1, 18), use("MADRS", 7, 9)).word == "response"


def test_each_badge_says_its_definition():
    words = badge("day-7", use("MADRS", -1, 34), use("MADRS", 7, 12)).definition

    assert words == (
        "Response: 50 % less than baseline. Partial: 25 % less. Remission: at most 10, from a"
        " baseline of 20 or more. Window 6 to 8 days. Definitions D7.2 and D7.3."
    )


def test_before_the_first_dose_there_is_no_moment():
    assert badges(course(use("MADRS", -1, 34), day=-0.5)) == []


def test_the_latest_total_since_the_first_dose_is_that_of_the_leading_scale_in_its_last_form():
    record = maya()

    row, point = latest_of(scale_rows(record), leading_scale(record))

    assert (row.title, point.total, point.percent) == ("MADRS, standard", 12, -64)


def test_before_the_first_dose_there_is_no_latest_total():
    record = course(use("MADRS", -1, 34), sessions=())

    assert latest_of(scale_rows(record), leading_scale(record)) is None
