"""Definitions D8.1, D8.3 and D8.5: hand-over, orders by phone, out of the room."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic.protocols.rules.treatment import Countersigning
from clinic.sessions.rules import log
from clinic.sessions.rules.admission import Load
from clinic.sessions.rules.phone_orders import countersigning_refused
from tests.sessions.rules.around import (
    PEOPLE,
    STAND_IN,
    THIRD,
    countersigned,
    hand,
    order,
)
from tests.sessions.rules.factories import FACTS, NASAL, NURSE, PSYCHIATRIST, Logbook, at, started
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


@pytest.mark.parametrize("earlier_id", [1, 9_000])
def test_d8_1_accepted_in_the_minute_of_the_offer_whatever_id_the_tablet_chose(earlier_id):
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    accepted = hand(book, 0, "accepted", STAND_IN)
    book.entries[-1] = replace(accepted, id=UUID(int=earlier_id))

    assert book.state(1).responsible_id == STAND_IN


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
    signed = replace(FACTS, countersigned=countersigned(given, 30))
    before, early = book.state(1).open_orders, book.state(29, facts=signed).open_orders
    (after,) = book.state(31, facts=signed).orders

    assert [(o.ordered_by_id, o.taken_by, o.text) for o in before] == [
        (PSYCHIATRIST, NURSE, "Ondansetron 4 mg")
    ]
    assert early == before
    assert (after.is_open, after.countersigned_by) == (False, PSYCHIATRIST)
    assert after.countersigned_at == at(30)


def test_d8_3_an_order_that_is_corrected_is_open_again():
    book = arrived()
    given = order(book, 0)
    signed = replace(FACTS, countersigned=countersigned(given, 30))
    order(book, 0, "Ondansetron 8 mg", corrects_id=given.id, reason="misheard", known=40)
    (now,) = book.state(41, facts=signed).orders

    assert (now.text, now.is_open, now.entry_id) == ("Ondansetron 8 mg", True, given.id)
    assert now.version_id != given.id


def test_d8_3_without_a_time_of_the_clinic_no_order_is_ever_overdue():
    book = arrived()
    order(book, 0)
    (long_after,) = book.state(60 * 24 * 30).orders

    assert NASAL.countersigning is None
    assert (long_after.due_at, long_after.overdue, long_after.is_open) == (None, False, True)


def test_d8_3_an_order_is_overdue_from_the_minute_the_clinic_has_set():
    plan = replace(NASAL, countersigning=Countersigning(60, "written by the clinic"))
    book = arrived()
    given = order(book, 0)
    signed = replace(FACTS, countersigned=countersigned(given, 70))
    found = [book.state(minute, plan).orders[0].overdue for minute in (59, 60, 69)]

    assert found == [False, True, True]
    assert book.state(59, plan).orders[0].due_at == at(60)
    assert book.state(71, plan, signed).orders[0].overdue is False


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


def test_d8_3_only_somebody_else_than_who_took_it_down_countersigns_and_only_once():
    book = arrived()
    given = order(book, 0)
    (still_open,) = book.state(1).orders
    (done,) = book.state(5, facts=replace(FACTS, countersigned=countersigned(given, 2))).orders

    assert countersigning_refused(still_open, PSYCHIATRIST) is None
    assert countersigning_refused(still_open, NURSE) == (
        "Somebody else took it down: you cannot countersign yours."
    )
    assert countersigning_refused(done, STAND_IN) == "This order is countersigned already."
    assert countersigning_refused(None, PSYCHIATRIST) == (
        "There is no such order in this session, or it was corrected. Read it again."
    )


FULL = "You answer for 3 running sessions; this clinic allows one nurse 3."


@pytest.mark.parametrize(("others", "most", "refused"), [(2, 3, 0), (3, 3, 1), (4, 3, 1)])
def test_d8_1_a_nurse_with_as_many_sessions_as_she_may_takes_no_other_one(others, most, refused):
    book = arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    found = against(book, hand(book, 1, "accepted", STAND_IN), load=Load(others, most))

    assert len(found) == refused
    assert all("running sessions; this clinic allows one nurse 3." in o.sentence for o in found)


def test_d8_1_the_limit_holds_at_check_in_and_when_she_claims_back():
    waiting, book = Logbook(), arrived()
    hand(book, 0, "offered", NURSE, STAND_IN)
    hand(book, 1, "accepted", STAND_IN)
    full = Load(3, 3)

    for found in (
        against(waiting, waiting.step(-30, "checked-in"), load=full),
        against(book, hand(book, 2, "claimed-back", NURSE), load=full),
    ):
        assert [objection.sentence[: len(FULL)] for objection in found] == [FULL]


def test_d8_1_an_emergency_is_taken_over_whatever_the_limit():
    pressed, read = arrived(), arrived()
    pressed.step(0, "emergency")
    read.reading(-1, spo2=89)
    for book in (pressed, read):
        hand(book, 1, "offered", NURSE, STAND_IN)

        assert against(book, hand(book, 2, "accepted", STAND_IN), load=Load(3, 3)) == []


@pytest.mark.parametrize(
    ("by", "why", "taken"),
    [(THIRD, "Tom is ill", True), (THIRD, "", False), (NURSE, "Tom is ill", False)],
)
def test_d8_1_the_nurse_in_charge_hands_over_beyond_the_limit_and_says_why(by, why, taken):
    book = arrived()
    offered = log.HandoverEvent.OFFERED
    book.add(log.Handover, 0, event=offered, to_id=STAND_IN, text=why, author_id=by)
    load = Load(3, 3, in_charge=frozenset({THIRD}))

    assert (against(book, hand(book, 1, "accepted", STAND_IN), load=load) == []) is taken
