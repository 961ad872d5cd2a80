"""This file is about one whole session as a clinic keeps it: the sixth of Maya Torres."""

from datetime import date

from clinic.protocols.rules import Level
from clinic.sessions.rules import log
from clinic.sessions.rules.results import Phase, SlotStatus
from tests.sessions.rules.factories import Logbook, at, slot

# Minutes from the first spray at 09:31: BP, HR, RR, SpO2, MOAA/S, dissociation.
READINGS = [
    (-13, "118/76", 72, 14, 98, 5, 0),
    (15, "126/80", 78, 14, 98, 5, 1),
    (30, "138/86", 84, 15, 97, 4, 3),
    (40, "148/92", 88, 16, 96, 4, 3),
    (60, "164/102", 96, 18, 95, 5, 1),
    (65, "156/96", 90, 16, 96, 5, 1),
    (75, "148/90", 86, 16, 97, 5, 1),
    (89, "138/86", 80, 15, 97, 5, 0),
    (119, "126/82", 76, 14, 98, 5, 0),
]


def sample(until):
    """The log as it stood at that minute."""
    book = Logbook()
    book.step(-40, "checked-in")
    for number in (1, 2, 3):
        book.device((number - 1) * 5, number)
    for minute, pressure, heart, breath, oxygen, moaas, dissociation in READINGS:
        if minute <= until:
            book.reading(
                minute,
                blood_pressure=pressure,
                heart_rate=heart,
                respiratory_rate=breath,
                spo2=oxygen,
                moaas=moaas,
                dissociation=dissociation,
            )
    return book


def test_at_10_11_slot_40_is_on_time_and_the_pressure_is_raised():
    state = sample(40).state(40)
    pressure = state.readings["blood_pressure"].reading

    assert slot(state, "m40").status is SlotStatus.DONE
    assert (pressure.level, pressure.word, pressure.change) == (Level.MARKED, "Raised", (30, 16))
    assert state.alerts == ()
    assert state.next_due.slot_key == "m60"


def test_at_10_32_the_pressure_alert_is_open_and_a_repeat_is_due_at_10_36():
    state = sample(60).state(61)
    (alert,) = state.alerts

    assert (alert.sign, alert.level, alert.calling) == ("blood_pressure", Level.ALERT, "nurse")
    assert alert.rules == (
        "systolic-from-160",
        "diastolic-from-101",
        "rise-systolic-from-40",
        "rise-diastolic-from-25",
    )
    assert (state.next_due.kind, state.next_due.due_at) == ("repeat", at(65))


def test_the_repeat_at_10_36_closes_the_acknowledged_alert():
    book = sample(60)
    book.take_up(61, book.state(61).alerts[0].key, action_taken="rest, repeat in 5 min")
    closed = sample(60)
    closed.entries = book.entries
    closed.reading(65, blood_pressure="156/96")

    (alert,) = closed.state(66).alerts

    assert (alert.closed_at, alert.closed_how) == (at(65), "reading")


def test_the_whole_session():
    book = sample(119)
    book.take_up(61, book.state(61).alerts[0].key)
    book.check(119, "steady-walk")
    book.step(142, "left")

    state = book.state(200)

    assert state.phase is Phase.LEFT
    assert (state.rise.systolic, state.rise.diastolic) == (46, 26)
    assert state.rise.systolic_at == state.rise.diastolic_at == at(60)
    assert [one.status for one in state.slots] == [SlotStatus.DONE] * 7
    assert [row.slot_labels for row in state.rows if not row.slot_labels] == [(), ()]
    assert (state.dose.text, len(state.dose.devices)) == ("84 mg", 3)
    assert (state.clock.total_minutes, state.clock.postpartum_day) == (142, 49)
    assert (state.clock.treatment_on, state.clock.report_due_on) == (
        date(2026, 3, 12),
        date(2026, 3, 19),
    )
    assert state.agreed_pause_ends_at == at(10 + 12 * 60)
    assert (
        max(
            reading.value.value
            for row in state.rows
            for reading in row.readings
            if reading.sign == "dissociation"
        )
        == 3
    )
    assert state.readiness.ready_at == at(119)
    assert isinstance(state.log[0].original, log.Transition)
