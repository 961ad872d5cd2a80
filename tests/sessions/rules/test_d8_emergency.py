"""Definitions D8.4: one tap stamps the time, stops dosing, suspends stripes, opens a quick log."""

from decimal import Decimal

from clinic.sessions.rules.results import Phase
from tests.sessions.rules.around import quick
from tests.sessions.rules.factories import INFUSION, NURSE, Logbook, at, slot, started
from tests.sessions.rules.test_admission import against, arrived, said

RATE = Decimal(51)


def running() -> Logbook:
    """An infusion at 51 mg/h since minute 0."""
    book = Logbook()
    book.full(-2)
    book.pump(0, "start", rate_mg_per_h=RATE)
    return book


def test_d8_4_an_emergency_goes_on_from_its_tap_until_it_is_over():
    book = started()
    before = book.state(20).emergency
    book.step(21, "emergency")
    during = book.state(22).emergency
    book.step(40, "emergency-over")

    assert before is None
    assert (during.since, during.called_by, during.lines) == (at(21), NURSE, ())
    assert book.state(39).emergency is not None
    assert book.state(40).emergency is None


def test_d8_4_a_second_call_joins_the_first():
    book = started()
    book.step(21, "emergency")
    second = book.step(22, "emergency")

    assert book.state(23).emergency.since == at(21)
    assert against(book, second) == []


def test_d8_4_the_quick_log_has_what_was_done_since_then():
    book = started()
    quick(book, 20, "position", text="Head up")
    book.step(21, "emergency")
    quick(book, 21, "call", text="112")
    quick(book, 22, "oxygen", dose="10 L/min")
    quick(book, 23, "airway", text="Guedel")
    quick(book, 24, "medicine", drug="Labetalol", dose="20 mg", route="IV")
    quick(book, 30, "arrived")
    quick(book, 35, "handed-over", text="to the crew")

    lines = book.state(36).emergency.lines

    assert [(line.category, line.text) for line in lines] == [
        ("call", "112"),
        ("oxygen", "10 L/min"),
        ("airway", "Guedel"),
        ("medicine", "Labetalol, 20 mg, IV"),
        ("arrived", ""),
        ("handed-over", "to the crew"),
    ]
    assert lines[0].at == at(21)


def test_d8_4_the_pump_counts_as_stopped_at_that_moment():
    book = running()
    book.step(20, "emergency")
    state = book.state(25, INFUSION)

    assert (state.dose.running, state.dose.stopped_at) == (False, at(20))
    assert (state.dose.given_mg, state.dose.infused_minutes) == (Decimal(17), 20)
    assert state.dose.stopped_early
    assert state.dose.ended_by_emergency
    assert state.clock.minimum_stay_ends_at == at(80)


def test_d8_4_what_the_pump_shows_may_be_written_down_afterwards():
    book = running()
    book.step(20, "emergency")
    without = against(book, book.pump(24, "stop"), plan=INFUSION)
    shown = book.pump(24, "stop", mg=Decimal("16.4"))
    state = book.state(25, INFUSION)

    assert [objection.field for objection in without] == ["event"]
    assert (state.dose.given_mg, state.dose.stopped_at) == (Decimal("16.4"), at(20))
    assert against(book, shown, plan=INFUSION) == []


def test_d8_4_no_device_follows_an_emergency_not_even_once_it_is_over():
    book = arrived()
    book.device(0)
    book.step(3, "emergency")
    book.step(4, "emergency-over")

    found = said(against(book, book.device(5, 2)))

    assert ("event", "Dosing was stopped in this session.", False) in found
    assert book.state(4).phase is Phase.OBSERVING


def test_d8_4_nothing_is_overdue_while_it_goes_on_and_all_is_afterwards():
    book = started()
    calm = book.state(22)
    book.step(22, "emergency")
    during = book.state(22)
    book.step(23, "emergency-over")
    after = book.state(23)

    assert (calm.next_due.overdue, during.next_due.overdue, after.next_due.overdue) == (
        True,
        False,
        True,
    )
    assert [slot(state, "m15").status.value for state in (calm, during, after)] == [
        "overdue",
        "due",
        "overdue",
    ]


def test_d8_4_an_emergency_may_come_before_she_is_checked_in():
    book = Logbook()

    assert against(book, book.step(-30, "emergency")) == []


def test_d8_4_there_must_be_one_for_it_to_be_over():
    book = started()
    over = said(against(book, book.step(20, "emergency-over")))
    book.step(19, "emergency")

    assert over == [("event", "There is no emergency.", False)]
    assert against(book, book.step(20, "emergency-over")) == []


def test_d8_4_it_ends_when_she_is_transferred():
    book = started()
    book.step(20, "emergency")
    book.step(40, "transferred", text="To hospital, baby with her partner")

    assert book.state(41).emergency is None
