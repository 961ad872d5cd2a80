"""Definitions D8.1, D8.3 and D8.5: hand-over, orders by phone, out of the room."""

import pytest

from clinic.sessions.rules import log
from tests.sessions.rules.around import (
    PEOPLE,
    STAND_IN,
    THIRD,
    absence,
    countersign,
    hand,
    order,
)
from tests.sessions.rules.factories import NURSE, PSYCHIATRIST, Logbook, at, started
from tests.sessions.rules.test_admission import against, arrived, said

PRESCRIBERS = frozenset({PSYCHIATRIST})


def test_d8_1_whoever_checks_her_in_is_responsible_whoever_wrote_before():
    book = Logbook()
    book.add(log.Note, -40, text="Rang: she is late", author_id=THIRD)
    first = book.state(-39).responsible_id
    book.step(-30, "checked-in", author_id=STAND_IN)

    assert (first, book.state(-29).responsible_id) == (THIRD, STAND_IN)


def test_d8_1_until_it_is_accepted_the_one_before_stays_responsible():
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    offered = book.state(1)
    hand(book, 2, "accepted", STAND_IN)
    accepted = book.state(3)

    assert (offered.responsible_id, offered.handover_offered_to) == (NURSE, STAND_IN)
    assert (accepted.responsible_id, accepted.handover_offered_to) == (STAND_IN, None)


def test_d8_1_only_the_one_it_was_offered_to_can_accept():
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    wrong = hand(book, 1, "accepted", THIRD)

    assert book.state(2).responsible_id == NURSE
    assert said(against(book, wrong)) == [("event", "This session is not offered to you.", False)]
    assert against(book, hand(book, 1, "accepted", STAND_IN)) == []


def test_d8_1_open_alerts_pass_with_the_session():
    book = started()
    book.step(-30, "checked-in")
    book.reading(20, blood_pressure="164/102")
    owners = [alert.owner_id for alert in book.state(21).alerts]
    hand(book, 22, "offered", NURSE, STAND_IN)
    hand(book, 23, "accepted", STAND_IN)

    assert set(owners) == {NURSE}
    assert {alert.owner_id for alert in book.state(24).open_alerts} == {STAND_IN}


def test_d8_1_a_closed_alert_has_no_owner_any_more():
    book = started()
    book.reading(20, spo2=94)
    book.take_up(21, book.state(20).alerts[0].key, action_taken="head up")
    book.reading(25, spo2=98)

    assert [(a.is_open, a.owner_id) for a in book.state(26).alerts] == [(False, None)]


def test_d8_1_the_one_who_handed_over_claims_back_and_nobody_else_does():
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    hand(book, 1, "accepted", STAND_IN)
    stranger = hand(book, 2, "claimed-back", THIRD)
    refused = said(against(book, stranger))
    back = hand(book, 3, "claimed-back", NURSE)

    assert refused == [("event", "You have not handed this session over.", False)]
    assert book.state(4).responsible_id == NURSE
    assert against(book, back) == []


def test_d8_1_an_offer_can_be_taken_back_before_it_is_accepted():
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    hand(book, 1, "claimed-back", NURSE)

    state = book.state(2)
    too_late = against(book, hand(book, 2, "accepted", STAND_IN))

    assert (state.responsible_id, state.handover_offered_to) == (NURSE, None)
    assert [o.field for o in too_late] == ["event"]


def test_d8_1_it_is_offered_to_somebody_else_who_may_log_here():
    book = arrived()
    nobody = said(against(book, hand(book, 0, "offered", NURSE, THIRD), loggers=PRESCRIBERS))
    herself = said(against(book, hand(book, 0, "offered", NURSE, NURSE), loggers=PEOPLE))

    assert nobody == [("to_id", "Choose a nurse or psychiatrist of this clinic.", False)]
    assert herself == [("to_id", "This person is responsible already.", False)]
    assert against(book, hand(book, 0, "offered", NURSE, THIRD), loggers=PEOPLE) == []


def test_d8_1_whoever_corrects_an_entry_does_not_become_responsible():
    book = Logbook()
    step = book.step(-30, "checked-in")
    book.step(-30, "checked-in", text="By passport", corrects_id=step.id, author_id=THIRD)

    assert book.state(0).responsible_id == NURSE


def test_d8_3_an_order_by_phone_is_open_until_it_is_countersigned():
    book = arrived()
    given = order(book, 0)
    before = book.state(1).open_orders
    countersign(book, 30, given)
    (after,) = book.state(31).orders

    assert [(o.ordered_by_id, o.taken_by, o.text) for o in before] == [
        (PSYCHIATRIST, NURSE, "Ondansetron 4 mg")
    ]
    assert (after.is_open, after.countersigned_by) == (False, PSYCHIATRIST)
    assert after.countersigned_at == at(30)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, []),
        ({"read_back": False}, ["read_back"]),
        ({"ordered_by_id": NURSE}, ["ordered_by_id"]),
        ({"ordered_by_id": None}, ["ordered_by_id"]),
    ],
)
def test_d8_3_an_order_is_a_prescribers_and_is_read_back(fields, refused):
    book = arrived()
    found = against(book, order(book, 0, **fields), prescribers=PRESCRIBERS)

    assert [objection.field for objection in found] == refused


@pytest.mark.parametrize(
    ("taken_by", "signs", "refused"),
    [
        (NURSE, PSYCHIATRIST, []),
        (NURSE, STAND_IN, ["event"]),
        (PSYCHIATRIST, PSYCHIATRIST, ["subject_id"]),
    ],
)
def test_d8_3_a_psychiatrist_countersigns_what_somebody_else_took_down(taken_by, signs, refused):
    book = arrived()
    given = order(book, 0, author_id=taken_by)
    found = against(book, countersign(book, 5, given, signs), prescribers=PRESCRIBERS)

    assert [objection.field for objection in found] == refused


def test_d8_3_an_order_is_countersigned_once():
    book = arrived()
    given = order(book, 0)
    countersign(book, 5, given)
    again = said(against(book, countersign(book, 6, given), prescribers=PRESCRIBERS))
    other = said(against(book, countersign(book, 6, again_of(book)), prescribers=PRESCRIBERS))

    assert again == [("subject_id", "This order is countersigned already.", False)]
    assert other == [("subject_id", "There is no such order in this session.", False)]


def again_of(book: Logbook) -> log.Entry:
    """An entry that is no order."""
    return book.entries[0]


def test_d8_3_an_order_by_phone_never_lets_a_held_dose_be_given():
    book = arrived("150/92")
    order(book, -1, "Give it all the same")
    found = said(against(book, book.device(0)))

    assert book.state(0).phase.value == "on-hold"
    assert any(sentence.startswith("The dose is on hold") for _, sentence, _ in found)


def test_d8_5_out_of_the_room_with_whom_until_she_is_back():
    book = started()
    absence(book, 20, "left-room", "toilet, with her partner")
    absence(book, 20, "monitor-off")
    out = book.state(22).away
    absence(book, 24, "back")
    half = book.state(24).away
    absence(book, 25, "monitor-on")

    assert (out.since, out.with_whom) == (at(20), "toilet, with her partner")
    assert out.monitor_off_since == at(20)
    assert (half.since, half.monitor_off_since) == (None, at(20))
    assert book.state(25).away is None


def test_d8_5_whoever_has_left_the_clinic_is_not_away():
    book = started()
    absence(book, 20, "left-room", "toilet")
    book.step(30, "left-against-advice", text="Went home")

    assert book.state(31).away is None


@pytest.mark.parametrize(
    ("before", "event", "refused"),
    [
        ((), "left-room", False),
        (("left-room",), "left-room", True),
        ((), "back", True),
        (("left-room",), "back", False),
        ((), "monitor-off", False),
        (("monitor-off",), "monitor-off", True),
        ((), "monitor-on", True),
        (("monitor-off",), "monitor-on", False),
    ],
)
def test_d8_5_she_comes_back_from_outside_and_leaves_from_inside(before, event, refused):
    book = started()
    for said_before in before:
        absence(book, 20, said_before, "toilet")

    found = against(book, absence(book, 22, event, "toilet"))

    assert [objection.field for objection in found] == ["event"] * refused
