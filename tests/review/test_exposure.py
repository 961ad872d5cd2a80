"""How much she has had: what was delivered, never the plan; never two forms or routes together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from clinic.review.rules.exposure import exposures
from tests.review.laid_over import infused, partial, session
from tests.review.made import course, maya


def only(*sessions, **more):
    [found] = exposures(course(sessions=sessions, **{"day": 40} | more))
    return found


def test_before_the_first_dose_there_is_no_exposure():
    assert exposures(course()) == []


def test_milligrams_sessions_and_intervals_add_up():
    [found] = exposures(maya())

    assert found.known_mg == Decimal(2 * 56 + 4 * 84)
    assert [row.so_far_mg for row in found.rows] == [56, 112, 196, 280, 364, 448]
    assert [row.since_last and row.since_last.days for row in found.rows] == [None, 2, 5, 2, 5, 2]
    assert found.since_last == timedelta(days=2)
    assert [(m.first, m.sessions, m.known_mg) for m in found.months] == [
        (date(2026, 2, 1), 2, Decimal(112)),
        (date(2026, 3, 1), 4, Decimal(336)),
    ]


def test_a_partial_device_of_unknown_amount_is_never_rounded_to_the_plan():
    """Definitions D5.1."""
    found = only(partial(1, None), partial(2, Decimal(14)))

    assert [row.text for row in found.rows] == [
        "28 mg + device 2 partial, amount unknown",
        "42 mg (device 2 partial, 14 mg)",
    ]
    assert [(row.known_mg, row.whole) for row in found.rows] == [(28, False), (42, True)]
    assert (found.known_mg, found.not_whole) == (Decimal(70), 1)
    assert [(m.known_mg, m.not_whole) for m in found.months] == [(Decimal(28), 1), (Decimal(42), 0)]


def test_mg_per_kg_is_by_the_weight_of_each_session_and_says_who_was_not_weighed():
    found = only(infused(1, 0), infused(2, 3, kg="60"), infused(3, 6, kg=None))

    assert [row.mg_per_kg for row in found.rows] == [Decimal("0.50"), Decimal("0.60"), None]
    assert (found.mg_per_kg, found.unweighed) == (Decimal("1.10"), 1)


def test_without_a_weight_there_is_no_mg_per_kg():
    found = only(session(1))

    assert (found.mg_per_kg, found.unweighed) == (None, 1)


def test_another_drug_form_or_route_is_counted_apart():
    """Definitions D1.5."""
    found = exposures(course(sessions=(session(1), infused(2, 9)), day=12))

    assert [(one.drug, one.route, one.known_mg) for one in found] == [
        ("esketamine", "nasal", Decimal(84)),
        ("ketamine", "intravenous", Decimal(36)),
    ]


def test_a_month_is_the_clinics_and_one_without_a_session_is_there_too():
    """23:30 UTC on 31 May is 1 June in Dublin."""
    first = session(1)
    moved = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
    late = replace(first, state=replace(first.state, clock=replace(first.state.clock, t0=moved)))

    found = only(first, late, day=120)

    assert [(m.first.month, m.sessions) for m in found.months] == [
        (2, 1),
        (3, 0),
        (4, 0),
        (5, 0),
        (6, 1),
    ]
