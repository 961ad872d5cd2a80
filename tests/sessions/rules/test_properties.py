"""This file is about what holds for every log, whatever was written, late, twice or in error."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import log, session_state
from clinic.sessions.rules.results import SessionState
from tests.sessions.rules.factories import FACTS, INFUSION, NASAL, Logbook, at
from tests.sessions.rules.strategies import logs

PLANS = st.sampled_from([NASAL, INFUSION])
NOW = st.integers(-30, 200).map(at)
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def comparable(state: SessionState) -> SessionState:
    """Without what a withdrawn entry rightly leaves behind: its lines, alerts raised in error, and
    the note that printed advice has changed."""
    alerts = tuple(alert for alert in state.alerts if not alert.raised_in_error)
    return replace(state, log=(), alerts=alerts, advice_changed_at=None, changes_at=None)


@few
@given(logs(), PLANS, NOW, st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_changes_the_state(
    entries: list[log.Entry], plan: SessionPlan, now: Any, shuffled: Any
) -> None:
    mixed = list(entries)
    shuffled.shuffle(mixed)

    assert session_state(plan, FACTS, mixed, now) == session_state(plan, FACTS, entries, now)


@few
@given(logs(), PLANS, NOW, st.data())
def test_a_repeat_changes_nothing(
    entries: list[log.Entry], plan: SessionPlan, now: Any, data: st.DataObject
) -> None:
    repeats = data.draw(st.lists(st.sampled_from(entries), max_size=4)) if entries else []

    twice = session_state(plan, FACTS, [*repeats, *entries, *repeats], now)

    assert twice == session_state(plan, FACTS, entries, now)


@few
@given(logs(corrected=False), PLANS, st.data())
def test_withdrawing_an_entry_equals_never_having_had_it(
    entries: list[log.Entry], plan: SessionPlan, data: st.DataObject
) -> None:
    if not entries:
        return
    gone = data.draw(st.sampled_from(entries))
    book = Logbook()
    book.entries = list(entries)
    book.withdraw(data.draw(st.integers(0, 200)), gone)
    now = at(data.draw(st.integers(-10, 200)))

    with_it = session_state(plan, FACTS, book.entries, now)
    without = session_state(plan, FACTS, [e for e in entries if e is not gone], now)

    assert comparable(with_it) == comparable(without)


@few
@given(logs(), PLANS, NOW)
def test_nothing_but_ages_differs_before_changes_at_and_something_does_then(
    entries: list[log.Entry], plan: SessionPlan, now: Any
) -> None:
    state = session_state(plan, FACTS, entries, now)
    here = state.without_ages()
    last = now + timedelta(minutes=60)
    until = min(state.changes_at or last, last)

    moment = now
    while moment < until:
        assert session_state(plan, FACTS, entries, moment).without_ages() == here
        moment += timedelta(minutes=7)
    just_before = until - timedelta(minutes=1)
    if just_before > now:
        assert session_state(plan, FACTS, entries, just_before).without_ages() == here
    if state.changes_at is not None:
        assert session_state(plan, FACTS, entries, state.changes_at).without_ages() != here


@few
@given(logs(), PLANS, NOW)
def test_seconds_never_change_the_state(
    entries: list[log.Entry], plan: SessionPlan, now: Any
) -> None:
    later = session_state(plan, FACTS, entries, now + timedelta(seconds=59))

    assert later == session_state(plan, FACTS, entries, now)


@few
@given(logs(), PLANS, st.integers(100, 200).map(at))
def test_keys_of_alerts_are_unique_and_the_same_on_replay(
    entries: list[log.Entry], plan: SessionPlan, now: Any
) -> None:
    keys = [alert.key for alert in session_state(plan, FACTS, entries, now).alerts]
    later = session_state(plan, FACTS, entries, now + timedelta(minutes=30))

    assert len(set(keys)) == len(keys)
    assert set(keys) <= {alert.key for alert in later.alerts}
