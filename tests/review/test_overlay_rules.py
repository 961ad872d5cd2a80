"""Sessions over each other: which are drawn, figures, what differs, at both sides of edges."""

from decimal import Decimal
from fractions import Fraction

import pytest

from clinic.review.rules.overlay import (
    Back,
    Mark,
    Value,
    differences,
    figures_of,
    overlay_of,
    range_of,
)
from clinic.review.rules.overlay.differs import Against, against
from clinic.review.rules.overlay.raised import part_at
from tests.review.laid_over import CALM, infused, left, partial, session
from tests.review.made import course, maya, one_session, pressures, treated
from tests.sessions.rules.factories import refused


def front(*sessions, number=None):
    return overlay_of(course(sessions=sessions, day=60), number)


def said(overlay):
    return {one.code: one for one in differences(overlay)}


def line(**more):
    return front(session(1, **more)).front


def test_before_the_first_dose_there_is_nothing_to_lay_over():
    assert overlay_of(course()) is None


def test_the_newest_session_is_in_front_and_any_other_can_be():
    assert overlay_of(maya()).front.number == 6
    assert overlay_of(maya(), 3).front.number == 3
    assert overlay_of(maya(), 99).front.number == 6


@pytest.mark.parametrize(
    ("count", "behind", "rest"),
    [(8, [1, 2, 3, 4, 5, 6, 7], []), (9, [4, 5, 6, 7, 8], [1, 2, 3])],
)
def test_of_more_than_eight_the_last_six_stay_lines_and_the_rest_is_a_range(count, behind, rest):
    overlay = front(*(session(n) for n in range(1, count + 1)))

    assert [one.number for one in overlay.behind] == behind
    assert [one.number for one in overlay.rest] == rest


def test_an_old_session_in_front_leaves_the_range():
    overlay = front(*(session(n) for n in range(1, 10)), number=2)

    assert [one.number for one in overlay.behind] == [4, 5, 6, 7, 8, 9]
    assert [one.number for one in overlay.rest] == [1, 3]


def test_the_range_is_the_lowest_and_the_highest_of_each_slot():
    overlay = front(session(1, peak="138/86"), session(2, peak="152/92"), session(3, minute=41))

    spans = {span.minute: span for span in range_of(overlay.lines, "systolic")}

    assert (spans[40].low, spans[40].high, spans[40].count) == (138, 152, 3)
    assert -10 in spans
    assert 30 not in spans


def test_sessions_of_another_route_are_never_drawn_with_these():
    other = infused(2, 5)

    overlay = front(session(1), other)

    assert [one.number for one in overlay.lines] == [2]
    assert [one.number for one in overlay.others] == [1]


def test_a_refused_reading_is_a_gap_and_a_row_without_the_sign_is_none():
    book = {-10: {}, 15: {"dissociation": refused()}, 40: {}, 60: {}, 90: {}, 120: {}}
    values = front(treated(1, 0, book)).front.values["dissociation"]

    assert [(v.minute, v.value) for v in values if v.minute in (15, 40)] == [(15, None), (40, 0)]


def test_a_missed_slot_is_a_gap():
    values = front(treated(1, 0, pressures(CALM, "140/88", 2))).front.values["systolic"]

    assert [v.minute for v in values if v.value is None] == [15, 30]


def test_what_was_taken_after_she_left_is_not_of_the_session():
    assert all(v.minute >= -30 for v in line().values["systolic"])


@pytest.mark.parametrize(
    ("one", "two", "minutes"),
    [
        ((15, 130), (30, 146), Fraction(45, 8)),
        ((30, 140), (40, 140), 10),
        ((30, 139), (40, 139), 0),
        ((40, 140), (60, 120), 0),
        ((40, 150), (60, 130), 10),
        ((-10, 150), (20, 150), 20),
        ((-10, 150), (10, 130), 0),
        ((-20, 160), (20, 120), 0),
        ((-10, 130), (10, 150), 10),
        ((-10, 160), (-2, 160), 0),
        ((30, None), (40, 160), 0),
        ((30, 160), (40, None), 0),
    ],
)
def test_minutes_at_a_limit_follow_a_straight_line_from_the_dose_on(one, two, minutes):
    assert part_at(Value(*one), Value(*two), 140) == minutes


def test_minutes_at_the_caution_bound_and_peak_by_hand():
    """142 at 40 to 118 at 60: 1.7 min. The slot at 30 was missed, so nothing leads up to 40."""
    found = figures_of(line())

    assert (found.peak.systolic, found.peak.diastolic, found.peak.minute) == (142, 88, 40)
    assert (found.raised.from_, found.raised.minutes, found.raised.at_least) == (140, 2, True)


def test_the_peak_is_the_earliest_of_equals():
    readings = {-10: {}, 15: {"blood_pressure": "150/90"}, 30: {"blood_pressure": "150/80"}}

    assert figures_of(front(treated(1, 0, readings)).front).peak.minute == 15


@pytest.mark.parametrize(
    ("systolic", "how", "minute"),
    [(120, Back.NEVER_AWAY, None), (121, Back.AT, 60), (140, Back.AT, 60), (80, Back.AT, 60)],
)
def test_near_is_in_range_and_within_the_protocols_part_of_pre_dose(systolic, how, minute):
    """Definitions D6: 20 % on both sides; 120 is exactly 20 % over 100."""
    found = figures_of(line(before="100/76", peak=f"{systolic}/76")).near

    assert (found.how, found.minute) == (how, minute)


def test_near_needs_a_baseline_and_may_not_have_come_yet():
    without = treated(1, 0, {40: {"blood_pressure": "150/90"}})
    high = treated(2, 3, {-10: {}, 40: {"blood_pressure": "150/90"}})

    assert figures_of(front(without).front).near.how is Back.UNKNOWN
    assert figures_of(front(without, high).front).near.how is Back.NOT_YET


def test_dissociation_is_over_from_the_first_reading_that_stays_at_zero():
    readings = {-10: {}, 15: {"dissociation": 1}, 30: {"dissociation": 0}}
    readings |= {40: {"dissociation": 2}, 60: {}, 90: {}}
    found = figures_of(front(treated(1, 0, readings)).front)

    assert (found.to_zero.how, found.to_zero.minute) == (Back.AT, 60)
    assert (found.dissociation.score, found.dissociation.first) == (2, 40)


@pytest.mark.parametrize(
    ("scores", "how", "minute"),
    [
        ({15: 2, 40: 0, 60: 0, 90: 0}, Back.AT, 40),
        ({15: 2, 40: 0, 60: refused(), 90: 0}, Back.AT, 90),
        ({15: 2, 40: 0, 60: 0, 90: refused()}, Back.AT, 40),
        ({15: 2, 40: 1, 60: 1, 90: refused()}, Back.NOT_YET, None),
        ({15: 0, 40: refused(), 60: 0, 90: 0}, Back.NEVER_AWAY, None),
        ({15: refused()}, Back.UNKNOWN, None),
    ],
)
def test_a_gap_between_readings_proves_nothing_and_one_at_the_end_takes_nothing_away(
    scores, how, minute
):
    """Definitions D2.4."""
    readings = {-10: {}} | {at: {"dissociation": score} for at, score in scores.items()}

    found = figures_of(front(treated(1, 0, readings, until=100)).front).to_zero

    assert (found.how, found.minute) == (how, minute)


@pytest.mark.parametrize(
    ("number", "word"),
    [(133, "below"), (134, "within"), (152, "within"), (153, "above")],
)
def test_both_ends_of_a_range_belong_to_it(number, word):
    assert against(number, [134, 140, 152]) is Against(word)


@pytest.mark.parametrize(
    ("minute", "word"), [(34, "below"), (35, "within"), (45, "within"), (46, "above")]
)
def test_a_time_differs_beyond_the_span_of_a_slot(minute, word):
    assert against(minute, [40], tolerance=5) is Against(word)


@pytest.mark.parametrize(("earlier", "compared"), [(1, False), (2, True)])
def test_fewer_than_two_earlier_sessions_of_the_same_dose_are_too_few(earlier, compared):
    others = [session(n) for n in range(1, earlier + 1)]

    found = said(front(*others, session(8), session(9, devices=2), number=8))

    assert ("peak" in found) is compared
    assert ("too-few" in found) is not compared
    if not compared:
        assert found["too-few"].head == "Too few sessions to compare."


def test_later_sessions_and_other_doses_are_not_compared():
    sessions = [session(1, devices=2), session(2), session(3), session(4), session(5)]

    assert [one.number for one in front(*sessions, number=4).comparable] == [2, 3]


def test_a_dose_that_is_not_known_is_like_no_other():
    """Definitions D5.1."""
    overlay = front(session(1), partial(2, None), partial(3, None))

    assert (overlay.front.same_dose, overlay.front.dose) == (None, "28 mg + unknown")
    assert overlay.comparable == ()
    assert said(overlay)["too-few"].text == "Its own dose is not known, or not all of it yet."


def test_by_weight_the_same_mg_per_kg_to_a_tenth_is_the_same_dose():
    overlay = front(infused(1, 0), infused(2, 3, kg="80"), infused(3, 6, kg=None), infused(4, 9))

    assert [one.same_dose for one in overlay.lines] == [
        Decimal("0.5"),
        Decimal("0.5"),
        None,
        Decimal("0.5"),
    ]
    assert [one.number for one in overlay.comparable] == [1, 2]


@pytest.mark.parametrize(
    ("how", "early"), [("left", False), ("left-against-advice", True), ("transferred", True)]
)
def test_what_was_planned_for_after_she_left_is_no_gap(how, early):
    line = front(left(1, 70, how)).front

    assert line.ended_early is early
    assert [v.minute for v in line.values["systolic"]] == [-5, 15, 30, 40, 60]
    assert figures_of(line).near.minute == 60
    assert figures_of(line).raised.at_least is False


def test_a_later_and_higher_peak_beyond_its_limit_is_said_with_its_values():
    found = said(front(session(1), session(2), session(3, peak="164/102", minute=61)))

    assert (found["peak"].mark, found["peak"].head) == (Mark.OUTSIDE, "Peak later and higher.")
    assert found["peak"].text == "164/102 at 61 min. Sessions 1 and 2: 142 at 40 min."
    assert found["rise"].head == "Rise higher."
    assert found["rise"].text.startswith("+46/+26. Sessions 1 and 2: +24 systolic, +12 diastolic")
    assert (found["baseline"].mark, found["baseline"].head) == (Mark.SAME, "Baseline as before.")


@pytest.mark.parametrize(
    ("peak", "mark", "head"),
    [
        ("142/88", Mark.SAME, "Peak as before."),
        ("143/88", Mark.DIFFERS, "Peak higher."),
        ("141/88", Mark.DIFFERS, "Peak lower."),
        ("160/88", Mark.OUTSIDE, "Peak higher."),
    ],
)
def test_one_mmhg_beyond_the_range_differs_and_the_range_does_not(peak, mark, head):
    found = said(front(session(1), session(2), session(3, peak=peak)))["peak"]

    assert (found.mark, found.head) == (mark, head)


def test_without_a_baseline_the_rise_is_unknown():
    """Definitions D2.1."""
    without = treated(3, 9, {40: {"blood_pressure": "150/90"}}, devices=3)

    found = said(front(session(1), session(2), without))

    assert found["rise"].head == "Rise unknown."
    assert found["baseline"].head == "No baseline."


def test_while_she_is_there_nothing_is_called_less_or_as_before():
    early = treated(
        3, 9, {-10: {}, 15: {"blood_pressure": "126/80"}}, devices=3, until=20, locked=False
    )
    running = front(session(1), session(2), early).front

    found = said(front(session(1), session(2), early))

    assert running.running
    assert found["peak"].head == "Peak so far."
    assert found["peak"].mark is Mark.BESIDE
    assert running.ahead == (30, 40, 60, 90, 120)


def test_what_else_there_was_is_named_with_its_minutes():
    felt = session(1, effects=((31, "anxiety", "mild"),))

    assert said(front(felt))["beside"].text == "Anxiety 31 to 71 min."


def test_one_session_is_one_line_and_says_that_it_cannot_be_compared():
    overlay = overlay_of(course(sessions=one_session()))

    assert (len(overlay.lines), overlay.behind, overlay.rest) == (1, (), ())
    assert said(overlay)["too-few"].text == "No earlier sessions of the same dose."
