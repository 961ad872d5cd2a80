"""Definitions D7.2, D7.3, D7.6: which use of a scale stands for which moment."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.instruments.rules import (
    Moment,
    NotEnoughData,
    Outcome,
    OutcomeRules,
    Response,
    Result,
    counts_for,
    in_window,
    may_be_collected,
    outcome,
)
from tests.instruments.cases import LIBRARY

T0 = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
HOURS_24 = Moment("24-hours", 24 * HOUR, 20 * HOUR, 28 * HOUR)
DAY_7 = Moment("day-7", 7 * DAY, 6 * DAY, 8 * DAY)
DAY_14 = Moment("day-14", 14 * DAY, 13 * DAY, 15 * DAY)
DAY_28 = Moment("day-28", 28 * DAY, 25 * DAY, 31 * DAY)
MOMENTS = {moment.code: moment for moment in (HOURS_24, DAY_7, DAY_14, DAY_28)}


def recall(code: str, form: str = "standard"):
    return LIBRARY[code].form(form).recall


@pytest.mark.parametrize(
    ("code", "form", "counts"),
    [
        ("PHQ9", "standard", "day-14 day-28"),
        ("GAD7", "standard", "day-14 day-28"),
        ("EPDS", "standard", "day-7 day-14 day-28"),
        ("MADRS", "standard", "day-7 day-14 day-28"),
        ("MADRS", "24-hours", "24-hours day-7 day-14 day-28"),
        ("CGII", "standard", "24-hours day-7 day-14 day-28"),
        ("CSSRS_SCREEN_SLC", "standard", "24-hours day-7 day-14 day-28"),
        ("WHODAS12", "standard", ""),
        ("MIBS", "first-weeks", ""),
    ],
)
def test_d7_3_a_scale_counts_only_where_its_recall_fits(code, form, counts):
    """D7.3: it counts for a moment only if its recall is <= the time since the first dose
    (PHQ-9 from day 14, EPDS from day 7). At 24 h only a 24-hour version counts."""
    found = [moment.code for moment in MOMENTS.values() if counts_for(recall(code, form), moment)]

    assert " ".join(found) == counts


@pytest.mark.parametrize(
    ("code", "gap", "may"),
    [
        ("PHQ9", 14 * DAY, True),
        ("PHQ9", 14 * DAY - MINUTE, False),
        ("EPDS", 7 * DAY, True),
        ("EPDS", 7 * DAY - MINUTE, False),
        ("CGIS", MINUTE, True),
        ("CSSRS_SCREEN_SLC", MINUTE, True),
    ],
)
def test_d7_3_a_scale_may_be_collected_once_its_recall_has_passed(code, gap, may):
    """D7.3: a scale may be collected >= its recall after its last use."""
    assert may_be_collected(recall(code), last_at=T0, at=T0 + gap) is may


def test_d7_3_a_first_use_never_waits():
    assert may_be_collected(recall("PHQ9"), last_at=None, at=T0) is True


def result(at: timedelta, total: int | None = 15, form: str = "standard", **others) -> Result:
    facts = {"scale": "MADRS", "version": "1", "maximum": 60} | others
    return Result(form=form, taken_at=T0 + at, total=total, **facts)


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("24-hours", (20 * HOUR, 28 * HOUR), (20 * HOUR - MINUTE, 28 * HOUR + MINUTE)),
        ("day-7", (6 * DAY, 8 * DAY), (6 * DAY - MINUTE, 8 * DAY + MINUTE)),
        ("day-28", (25 * DAY, 31 * DAY), (25 * DAY - MINUTE, 31 * DAY + MINUTE)),
    ],
)
def test_d7_3_windows_include_their_ends(code, inside, outside):
    """D7.3: 24 h = +20 to +28 h; day 7 ±1; day 28 ±3."""
    moment = MOMENTS[code]

    found = [in_window([result(at)], moment, counted_from=T0) for at in (*inside, *outside)]

    assert [one is not None for one in found] == [True, True, False, False]


@pytest.mark.parametrize(
    ("hours", "chosen"),
    [((21, 25), 25), ((23, 26), 23), ((22, 26), 22), ((26, 22), 22), ((24, 23), 24)],
)
def test_d7_2_of_two_scores_the_nearest_to_the_target_on_a_tie_the_earlier(hours, chosen):
    """D7.2: two scores in a window: the nearest to the target, tie the earlier."""
    results = [result(hour * HOUR) for hour in hours]

    found = in_window(results, HOURS_24, counted_from=T0)

    assert found.taken_at == T0 + chosen * HOUR


def test_an_incomplete_score_stands_for_no_moment():
    results = [result(24 * HOUR, None), result(21 * HOUR)]

    assert in_window(results, HOURS_24, counted_from=T0) is results[1]


def judged(
    results: list[Result],
    moment: Moment,
    form: str = "standard",
    code: str = "MADRS",
    *,
    rules: tuple[str | None, str | None] = ("half", "at-most-10"),
    counted_from: datetime = T0,
) -> Outcome:
    pinned = OutcomeRules(form, *rules, oldest_baseline=14 * DAY)
    return outcome(
        LIBRARY[code], results, moment, pinned, first_dose_at=T0, counted_from=counted_from
    )


def test_d7_3_at_24_hours_the_24_hour_version_against_its_own_baseline():
    """D7.3: only a 24-hour version counts, against a baseline of that same version taken before
    dose 1."""
    standard, own = result(-2 * DAY, 34), result(-DAY, 30, "24-hours")
    after = result(24 * HOUR, 10, "24-hours")

    found = judged([standard, own, after], HOURS_24, "24-hours")

    assert (found.baseline, found.result) == (own, after)
    assert (found.response, found.remission, found.why) == (Response.RESPONSE, True, None)


def test_d7_3_a_baseline_of_the_standard_form_does_not_serve_the_24_hour_version():
    found = judged([result(-DAY, 34), result(24 * HOUR, 10, "24-hours")], HOURS_24, "24-hours")

    assert (found.response, found.why) == (None, NotEnoughData.NO_BASELINE)


def test_d7_3_the_standard_form_says_nothing_at_24_hours():
    """D7.3: otherwise "Not enough data"."""
    found = judged([result(-DAY, 34), result(24 * HOUR, 10)], HOURS_24)

    assert (found.result, found.response, found.remission) == (None, None, None)
    assert found.why is NotEnoughData.RECALL_TOO_LONG


def test_a_moment_without_a_score_is_not_enough_data():
    found = judged([result(-DAY, 34)], DAY_7)

    assert (found.baseline.total, found.result, found.why) == (34, None, NotEnoughData.NO_SCORE)


def test_d7_2_partial_response_on_day_7():
    found = judged([result(-DAY, 40), result(7 * DAY, 30)], DAY_7)

    assert (found.response, found.remission) == (Response.PARTIAL, False)


def test_a_baseline_of_nothing_is_not_enough_data():
    found = judged([result(-DAY, 0), result(7 * DAY, 0)], DAY_7)

    assert (found.response, found.why) == (None, NotEnoughData.BASELINE_AT_LOWEST)


def test_totals_out_of_different_maxima_are_never_compared():
    results = [result(-DAY, 30, maximum=40), result(7 * DAY, 10, maximum=32)]

    assert judged(results, DAY_7).why is NotEnoughData.OTHER_MAXIMUM


def test_d7_6_24_hours_count_from_each_dose_and_the_baseline_from_the_first():
    """D7.6: 24 h from each dose; the later moments from the first dose of the course."""
    third_dose = T0 + 7 * DAY
    before, between = result(-DAY, 30, "24-hours"), result(7 * DAY - HOUR, 20, "24-hours")
    after = result(8 * DAY, 12, "24-hours")

    found = judged([before, between, after], HOURS_24, "24-hours", counted_from=third_dose)

    assert (found.baseline, found.result) == (before, after)
    assert found.response is Response.RESPONSE


def test_d7_7_remission_follows_the_choice_that_the_course_has_pinned():
    """D7.7: baseline, response, remission and outcome windows per course."""
    results = [result(-DAY, 30), result(7 * DAY, 12)]

    strict = judged(results, DAY_7, rules=("half", "at-most-10"))
    wide = judged(results, DAY_7, rules=("half", "at-most-12"))
    unused = judged(results, DAY_7, rules=("half", None))

    assert (strict.remission, wide.remission, unused.remission) == (False, True, None)


def test_cgi_i_is_judged_at_24_hours_without_a_baseline():
    """D7.5: CGI-I has no baseline moment."""
    taken = result(24 * HOUR, 2, scale="CGII", maximum=7)

    found = judged([taken], HOURS_24, code="CGII", rules=("much-improved", None))

    assert (found.baseline, found.response, found.why) == (None, Response.RESPONSE, None)


def test_cgi_s_has_remission_and_no_response():
    taken = [result(at, n, scale="CGIS", maximum=7) for at, n in ((-DAY, 5), (7 * DAY, 2))]

    found = judged(taken, DAY_7, code="CGIS", rules=(None, "at-most-2"))

    assert (found.response, found.remission, found.why) == (None, True, None)
