"""Definitions D5.2: opened is given and returned and wasted; cannula sites, attempts, removal."""

from datetime import date
from decimal import Decimal

import pytest

from clinic.sessions.rules import log
from tests.sessions.rules.around import cannula, supply
from tests.sessions.rules.factories import INFUSION, Logbook, started
from tests.sessions.rules.recovery import ASKED
from tests.sessions.rules.test_admission import against, arrived, said

SECOND = "Tom Becker"
GOOD, PAST = date(2026, 3, 12), date(2026, 3, 11)


def infused(mg: str = "34") -> Logbook:
    """An infusion that gave what the pump showed."""
    book = Logbook()
    book.full(-2)
    book.pump(0, "start", rate_mg_per_h=Decimal(51), lot="V7")
    book.pump(40, "stop", mg=Decimal(mg))
    return book


def texts(book: Logbook, minute: float = 45, plan=INFUSION) -> list[str]:
    return [line.text for line in book.state(minute, plan).supplies]


def test_d5_2_a_vial_opened_given_and_wasted_is_all_accounted_for():
    book = infused()
    supply(book, -5, "opened", "50", lot="V7", expires_on=GOOD)
    supply(book, 45, "wasted", "16", witness=SECOND)

    (line,) = book.state(45, INFUSION).supplies

    assert line.text == "50 mg opened, 34 mg given, 16 mg wasted: all accounted for"
    assert (line.difference, line.lots, line.witnesses) == (0, ("V7",), (SECOND,))
    assert line.accounted_for


@pytest.mark.parametrize(
    ("wasted", "verdict"),
    [
        ("15.5", "0.5 mg not accounted for"),
        ("16", "all accounted for"),
        ("16.5", "0.5 mg more than was opened"),
    ],
)
def test_d5_2_a_difference_is_said_in_words_on_both_sides_of_none(wasted, verdict):
    book = infused()
    supply(book, -5, "opened", "50")
    supply(book, 45, "wasted", wasted, witness=SECOND)

    assert texts(book)[0].endswith(f": {verdict}")


def test_d5_2_nothing_is_compared_while_the_infusion_runs():
    book = Logbook()
    supply(book, -5, "opened", "50")
    book.pump(0, "start", rate_mg_per_h=Decimal(51))

    (line,) = book.state(20, INFUSION).supplies

    assert (line.text, line.difference) == ("50 mg opened, still running", None)


def test_d5_2_an_opening_that_nobody_wrote_is_not_zero():
    (line,) = infused().state(45, INFUSION).supplies

    assert (line.opened, line.difference) == (None, None)
    assert line.text == "opening not written, 34 mg given"


def test_d5_2_millilitres_and_milligrams_are_not_compared():
    book = infused()
    supply(book, -5, "opened", "5", unit="mL")
    supply(book, 45, "wasted", "1.6", unit="mL", witness=SECOND)

    said_of_it = "5 mL opened, 34 mg given, 1.6 mL wasted: mL and mg are not compared"
    assert texts(book) == [said_of_it]


def test_d5_2_a_device_that_was_given_has_been_opened():
    lines = started().state(20).supplies

    assert [(line.name, line.text) for line in lines] == [
        (f"Device {n}", "28 mg opened, 28 mg given: all accounted for") for n in (1, 2, 3)
    ]


def test_d5_2_a_device_opened_and_not_given_waits_for_a_second_person():
    book = started()
    book.entries.pop()
    supply(book, 10, "opened", device=3, lot="L3", expires_on=GOOD)
    before = book.state(11).supplies[-1].text
    supply(book, 12, "returned", device=3, witness=SECOND)

    assert before == "28 mg opened, 0 mg given: 28 mg not accounted for"
    assert book.state(13).supplies[-1].text == (
        "28 mg opened, 0 mg given, 28 mg returned: all accounted for"
    )


def test_d5_2_of_a_partial_device_nobody_knows_what_was_given():
    book = Logbook()
    book.device(0, 1, outcome=log.Outcome.PARTIAL)
    supply(book, 2, "wasted", "10", 1, witness=SECOND)

    (line,) = book.state(5).supplies

    assert (line.given, line.difference) == (None, None)
    assert line.text == "28 mg opened, amount given unknown, 10 mg wasted"


@pytest.mark.parametrize(("expires_on", "refused"), [(GOOD, []), (PAST, ["expires_on"])])
def test_d5_2_an_expired_device_is_not_opened_its_last_day_is_good(expires_on, refused):
    book = arrived()
    entry = supply(book, -1, "opened", "28", 1, lot="L1", expires_on=expires_on)

    assert [field for field, *_ in said(against(book, entry))] == refused


def test_d5_2_what_has_expired_may_be_given_back():
    book = arrived()
    entry = supply(book, -1, "returned", "28", 1, expires_on=PAST, witness=SECOND)

    assert against(book, entry, author_name="Aiko Kimura") == []


@pytest.mark.parametrize("witness", ["Aiko Kimura", "  aiko   KIMURA", "Kimura"])
def test_d5_2_the_second_person_is_never_the_one_who_writes(witness):
    book = arrived()
    entry = supply(book, -1, "wasted", "28", 1, witness=witness)

    found = said(against(book, entry, author_name="Dr Aiko Kimura"))

    assert found == [("witness", "The second person is somebody else than you.", False)]


def test_d5_2_another_person_of_the_same_family_name_may_be_the_second():
    book = arrived()
    entry = supply(book, -1, "wasted", "28", 1, witness="Ren Kimura")

    assert against(book, entry, author_name="Aiko Kimura") == []


@pytest.mark.parametrize(("device", "refused"), [(None, True), (1, False), (3, False), (4, True)])
def test_d5_2_a_supply_names_a_device_that_the_protocol_has(device, refused):
    book = arrived()
    entry = supply(book, -1, "wasted", "28", device, witness=SECOND)

    assert [o.field for o in against(book, entry)] == ["device_number"] * refused


def test_d5_2_a_vial_has_no_number_and_keeps_its_unit():
    book = infused()
    supply(book, -5, "opened", "5", unit="mL")
    numbered = supply(book, 45, "wasted", "1", 1, unit="mL", witness=SECOND)
    numbers = [o.field for o in against(book, numbered, plan=INFUSION)]
    other = supply(book, 45, "wasted", "1", witness=SECOND)

    units = said(against(book, other, plan=INFUSION))

    assert numbers == ["device_number"]
    assert units == [("unit", "This vial is counted in mL.", False)]


def test_d5_2_attempts_at_a_cannula_count_those_that_failed():
    book = Logbook()
    assert book.state(0).cannula is None
    cannula(book, -20, "attempt-failed", "left hand")
    cannula(book, -15, "placed", "right hand")

    state = book.state(0).cannula

    assert (state.attempts, state.placed, state.site) == (2, True, "right hand")


def test_d5_2_one_of_two_cannulas_removed_leaves_the_other_in_place():
    book = Logbook()
    cannula(book, -20, "placed", "left hand")
    cannula(book, -15, "placed", "right hand")
    cannula(book, 50, "removed", "left hand")
    between = book.state(50).cannula
    cannula(book, 60, "removed")
    after = book.state(60).cannula

    assert (between.placed, between.site, between.removed_at) == (True, "right hand", None)
    assert not after.placed
    assert after.removed_at == book.entries[-1].effective_at


@pytest.mark.parametrize(("placed", "status"), [(True, "not-yet"), (False, "met")])
def test_d6_a_log_that_knows_a_cannula_answers_whether_it_is_out(placed, status):
    book = infused()
    cannula(book, -15, "placed", "right hand")
    for item, answer in {**ASKED, "cannula-out": "yes"}.items():
        book.check(100, item, answer)
    if not placed:
        cannula(book, 99, "removed")

    found = criterion_of(book)

    assert found.status.value == status
    words = "still in place, right hand, since 09:16" if placed else "removed at 11:10"
    assert found.why == words


def test_d6_without_a_cannula_in_the_log_the_answer_counts():
    book = infused()
    book.check(100, "cannula-out")

    assert criterion_of(book).status.value == "met"


def criterion_of(book: Logbook):
    criteria = book.state(101, INFUSION).readiness.criteria
    return next(one for one in criteria if one.code == "cannula-out")


def test_d5_2_a_cannula_that_does_not_fit_the_log_is_asked_once():
    book = arrived()
    unknown = cannula(book, -1, "removed")
    removed = said(against(book, unknown))
    cannula(book, -5, "placed", "left hand")
    second = said(against(book, cannula(book, -1, "placed", "right hand")))

    assert [(field, ask) for field, _, ask in removed + second] == [("event", True)] * 2
    assert against(book, cannula(book, -1, "removed")) == []
