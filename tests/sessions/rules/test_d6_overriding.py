"""This file is about definitions D6: a criterion of leaving that a psychiatrist overrode."""

from dataclasses import replace

import pytest

from clinic.protocols.rules import Level
from clinic.sessions.rules.overriding import mark_of, overriding_refused
from tests.sessions.rules.factories import INJECTION, NASAL, PSYCHIATRIST, at, started
from tests.sessions.rules.recovery import criterion, recovered, status

OLDEST = NASAL.discharge.evidence_minutes


def override(book, code, minute, plan=None):
    """Sign that the criterion may stand as it stands at that minute."""
    why = criterion(book, code, minute, plan).why
    said = {"text": why, "criterion": code, "reason": "usual for her", "author_id": PSYCHIATRIST}
    book.step(minute, "criterion-overridden", **said)


def raised(minute=120):
    """Recovered but for a diastolic above 20 % over her own."""
    book = recovered()
    book.reading(minute, blood_pressure="138/94")
    return book


def test_d6_an_override_stands_with_who_and_why_and_makes_nothing_met():
    book = raised()
    before = book.state(121).readiness

    override(book, "blood-pressure", 121)

    one, now = criterion(book, "blood-pressure", 122), book.state(122).readiness
    assert (one.status.value, one.fulfilled) == ("overridden", True)
    assert one.overridden.by_id == PSYCHIATRIST
    assert (one.overridden.at, one.overridden.reason) == (at(121), "usual for her")
    assert (before.all_met, now.all_met, now.clinical_met) == (False, True, False)
    assert now.ready_at is None


@pytest.mark.parametrize(("minute", "said"), [(OLDEST, "overridden"), (OLDEST + 1, "not-yet")])
def test_d6_an_override_of_how_she_is_gets_no_older_than_evidence_may(minute, said):
    book = raised()
    override(book, "blood-pressure", 121)

    assert status(book, "blood-pressure", 121 + minute) == said


def test_d6_an_override_covers_what_was_read_and_no_later_value_or_answer():
    higher, same = raised(), raised()
    for book in (higher, same):
        override(book, "blood-pressure", 121)
    higher.reading(122, blood_pressure="140/96")
    same.reading(122, blood_pressure="138/94")

    assert status(higher, "blood-pressure", 122) == "not-yet"
    assert status(same, "blood-pressure", 122) == "not-yet"


def test_d6_what_was_asked_is_overridden_until_it_is_answered_anew():
    book = recovered()
    book.check(121, "suicide-risk-found", "yes")
    override(book, "suicide-risk-found", 122)

    assert status(book, "suicide-risk-found", 122 + OLDEST + 1) == "overridden"
    book.check(150, "suicide-risk-found", "yes")
    assert status(book, "suicide-risk-found", 150) == "needs-a-person"


def test_d6_the_minimum_stay_of_the_label_is_never_overridden_and_a_proposed_one_can_be():
    label, proposed = started(), started()
    override(label, "minimum-stay", 80)
    override(proposed, "minimum-stay", 80, INJECTION)

    assert status(label, "minimum-stay", 81) == "not-yet"
    assert "Nobody can override this minimum stay" in criterion(label, "minimum-stay", 81).never
    one = criterion(proposed, "minimum-stay", 81, INJECTION)
    assert one.status.value == "overridden"
    assert not proposed.state(81, INJECTION).readiness.minimum_stay_met


def test_d6_a_protocol_that_does_not_say_so_lets_nobody_override_its_minimum_stay():
    silent = replace(
        INJECTION, minimum_stay=replace(INJECTION.minimum_stay, may_be_overridden=None)
    )
    book = started()
    override(book, "minimum-stay", 80, silent)

    assert criterion(book, "minimum-stay", 81, silent).status.value == "not-yet"


def test_d6_an_open_emergency_is_never_overridden_and_an_open_alert_can_be():
    alert, emergency = recovered(), recovered()
    alert.reading(121, spo2=94)
    emergency.reading(121, spo2=89)
    levels = {one.level for one in emergency.state(121).open_alerts}
    for book in (alert, emergency):
        override(book, "alerts", 122)

    assert Level.EMERGENCY in levels
    assert status(alert, "alerts", 123) == "overridden"
    assert status(emergency, "alerts", 123) == "needs-a-person"
    assert "not overridden" in criterion(emergency, "alerts", 123).never


def test_d6_while_an_emergency_goes_on_no_override_counts():
    book = raised()
    override(book, "blood-pressure", 121)
    book.step(122, "emergency")

    assert status(book, "blood-pressure", 123) == "not-yet"
    assert criterion(book, "blood-pressure", 123).never == "An emergency goes on."


def test_d6_only_what_keeps_her_is_overridden_between_dose_and_leaving():
    book = raised()
    now = book.state(121)
    gone = raised()
    gone.step(121, "left-against-advice")

    assert overriding_refused(now, "blood-pressure") is None
    assert "met already" in (overriding_refused(now, "moaas") or "")
    assert "no such criterion" in (overriding_refused(now, "weather") or "")
    assert overriding_refused(gone.state(122), "blood-pressure") == "She has left already."
    override(book, "blood-pressure", 121)
    assert "overridden already" in (overriding_refused(book.state(122), "blood-pressure") or "")


def test_d6_the_mark_of_a_criterion_changes_with_how_it_stands():
    book = raised()
    before = mark_of(criterion(book, "blood-pressure", 121))
    book.reading(122, blood_pressure="140/96")

    assert mark_of(criterion(book, "blood-pressure", 121)) == before
    assert mark_of(criterion(book, "blood-pressure", 122)) != before
