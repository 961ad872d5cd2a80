"""Figures of sessions (definitions D1, D2, D4, D6, D7.8): what counts, what is missing."""

from dataclasses import replace
from datetime import timedelta
from statistics import mean, median
from uuid import UUID

import pytest

from clinic.reports.library import newest
from clinic.reports.rules.outcomes import Code
from clinic.review.rules import Treated
from clinic.sessions.rules import session_state
from tests.reports.cohort import figures, followed
from tests.review.made import FIRST
from tests.sessions.rules.factories import FACTS, NASAL, T0, Logbook, refused

SLOTS = (0, 15, 30, 40, 60, 90, 120)
CALM = "118/76"
Pressures = dict[int, str]


def book_of(pressures: Pressures | None = None, *, without: tuple[int, ...] = ()) -> Logbook:
    """A pre-dose reading, two devices, a full set in every slot but those left out."""
    book, said = Logbook(), pressures or {}
    book.full(-10, blood_pressure=CALM)
    book.device(0)
    book.device(5, 2)
    for minute in SLOTS:
        if minute not in without:
            book.full(minute, blood_pressure=said.get(minute, CALM))
    return book


def session(book: Logbook, number: int = 1, *, until: float = 400) -> Treated:
    """What a logbook comes to, moved to the first day of the course."""
    shift = FIRST + timedelta(days=number - 1) - T0
    entries = [
        replace(e, effective_at=e.effective_at + shift, recorded_at=e.recorded_at + shift)
        for e in book.entries
    ]
    state = session_state(NASAL, FACTS, entries, T0 + shift + timedelta(minutes=until))
    return Treated(UUID(int=500 + number), number, NASAL, state)


def left(book: Logbook, minute: int, event: str = "left") -> Logbook:
    """The same, and she left."""
    book.step(minute, event)
    return book


def of(*sessions: Treated, **given):
    """The figures of one course with these sessions."""
    return figures(followed(1, sessions=sessions), **given)


def test_d1_4_minutes_until_she_left_are_told_as_median_and_quartiles():
    stays = (120, 125, 131, 160)

    found = of(*(session(left(book_of(), m), n) for n, m in enumerate(stays, 1)))[Code.LEFT]

    assert (found.value, found.low, found.high) == (median(stays), 123.75, 138.25)
    assert (found.n, found.missing) == (4, 0)


def test_d1_4_a_stay_of_119_minutes_is_under_the_minimum_and_one_of_120_is_not():
    short, enough = session(left(book_of(), 119)), session(left(book_of(), 120), 2)

    found = of(short, enough)[Code.UNDER_MINIMUM]

    assert (found.count, found.n) == (1, 2)


def test_leaving_against_advice_counts_as_leaving():
    found = of(session(left(book_of(), 50, "left-against-advice")))

    assert found[Code.LEFT].value == 50
    assert found[Code.UNDER_MINIMUM].count == 1


def test_while_she_is_there_nothing_is_missing_yet():
    found = of(session(book_of(without=SLOTS[2:]), until=20))

    for code in (Code.LEFT, Code.UNDER_MINIMUM, Code.VITALS, Code.PRESSURE_AT_PEAK, Code.READY):
        assert (found[code].n, found[code].missing, found[code].waiting) == (0, 0, 1), code


@pytest.mark.parametrize(
    ("minute", "taken"), [(34, 0), (35, 1), (40, 1), (45, 1), (46, 0)], ids=str
)
def test_the_pressure_at_40_minutes_is_one_taken_from_35_to_45(minute, taken):
    book = book_of(without=(30, 40))
    book.full(minute)

    found = of(session(left(book, 130)))[Code.PRESSURE_AT_PEAK]

    assert (found.count, found.n) == (taken, 1)


def test_d2_2_the_mean_rise_is_over_sessions_with_a_pressure_near_the_peak():
    peaks = ({40: "150/90"}, {40: "138/86"}, {30: "170/100"})
    sessions = [
        session(left(book_of(peaks[0]), 130), 1),
        session(left(book_of(peaks[1]), 130), 2),
        session(left(book_of(peaks[2], without=(40,)), 130), 3),
    ]

    found = of(*sessions)

    assert found[Code.RISE_SYSTOLIC].value == mean((32, 20))
    assert found[Code.RISE_DIASTOLIC].value == mean((14, 10))
    assert (found[Code.RISE_SYSTOLIC].n, found[Code.RISE_SYSTOLIC].missing) == (2, 1)


def test_d2_2_a_rise_of_40_is_at_its_limit_wherever_it_was_seen():
    at_limit, below = book_of({30: "158/76"}), book_of({30: "157/76"})

    found = of(session(left(at_limit, 130)), session(left(below, 130), 2))[Code.RISE_OVER]

    assert (found.count, found.n) == (1, 2)


def test_d2_1_without_a_pressure_before_the_dose_the_rise_is_missing_not_zero():
    book = Logbook()
    book.device(0)
    for minute in SLOTS[1:]:
        book.full(minute, blood_pressure="160/95")

    found = of(session(left(book, 130)))

    assert (found[Code.RISE_SYSTOLIC].n, found[Code.RISE_SYSTOLIC].missing) == (0, 1)
    assert found[Code.RISE_OVER].missing == 1


def test_d7_8_a_session_without_a_dose_counts_nowhere():
    book = Logbook()
    book.full(-10)
    dosed = session(left(book_of(), 130))
    undosed = replace(session(book, 2), number=2)

    found = of(dosed, undosed)

    assert found[Code.SESSIONS].n == 1
    assert found[Code.SERIOUS].n == 1


def test_d7_8_sedation_is_any_moaas_of_4_and_unknown_where_a_score_is_missing():
    drowsy, gap = book_of(without=(30,)), book_of(without=(60,))
    drowsy.full(30, moaas=4)

    found = of(session(left(drowsy, 130)), session(left(gap, 130), 2))[Code.SEDATION]

    assert (found.count, found.n, found.missing) == (1, 1, 1)


def test_a_side_effect_counts_once_for_a_session_and_once_for_a_patient():
    first, second = book_of(), book_of()
    first.effect(10, "nausea")
    first.effect(50, "nausea", "moderate")
    second.effect(10, "nausea")

    found = figures(
        followed(1, sessions=(session(left(first, 130)), session(left(second, 130), 2))),
        followed(2, sessions=(session(left(book_of(), 130)),)),
    )

    effect = found.at(Code.EFFECT, "nausea")
    assert (effect.count, effect.of, effect.severe) == (2, 3, 1)
    hers = found.at(Code.EFFECT_PATIENT, "nausea")
    assert (hers.count, hers.of) == (1, 2)


def test_serious_events_are_told_for_1000_sessions():
    book = book_of()
    book.effect(10, "chest-pain", "severe", serious=True, criterion="hospitalisation")
    quiet = [session(left(book_of(), 130), n) for n in (2, 3, 4)]

    found = of(session(left(book, 130)), *quiet)[Code.SERIOUS]

    assert (found.count, found.n, found.value) == (1, 4, 250)


def test_d2_4_what_was_not_measured_is_not_there_and_what_was_due_after_she_left_is_not_asked():
    refusing, early = book_of(without=(60,)), book_of(without=(90, 120))
    refusing.full(60, spo2=refused())

    found = of(session(left(refusing, 130)), session(left(early, 70), 2))[Code.VITALS]

    assert (found.count, found.n) == (1, 2)


def test_d1_2_readings_on_time_are_counted_sign_by_sign():
    late = book_of(without=(60,))
    late.full(66)

    found = of(session(left(late, 130)))[Code.ON_TIME]

    assert (found.count, found.of) == (36, 42)


def test_d4_2_alerts_are_counted_and_minutes_until_taken_up_only_of_those_that_called():
    book = book_of({40: "165/90"})
    raised = session(book, until=60).state.alerts
    book.take_up(44, raised[0].key)

    found = of(session(left(book, 130)))

    assert found[Code.ALERTS].value == len(raised)
    assert found[Code.ACKNOWLEDGED].value == 4


def test_a_version_that_was_shipped_is_never_edited():
    published = {1: "587974e7f8c7a87a28c039f21e191066d036fb162d60af21cb13082fdfe61db1"}

    assert newest().digest == published[newest().version]


def test_other_rules_give_other_figures():
    strict = replace(newest(), version=99, pressure_from_minute=40, pressure_to_minute=40)
    book = book_of(without=(30, 40))
    book.full(38)

    now, then = of(session(left(book, 130))), of(session(left(book, 130)), rules=strict)

    assert now[Code.PRESSURE_AT_PEAK].count == 1
    assert then[Code.PRESSURE_AT_PEAK].count == 0
