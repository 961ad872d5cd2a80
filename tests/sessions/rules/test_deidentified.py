"""What stays of a session without names, and what does not."""

from clinic.sessions.rules import log
from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.deidentified import LEFT_OUT, without_names, without_words
from tests.sessions.rules.factories import NURSE, Logbook, at
from tests.sessions.rules.recovery import recovered

SECRET = "Maya"


def shorten(name: str) -> str:
    return "".join(word[0] for word in name.split())


def told() -> Logbook:
    """Her name, or that of somebody, in every place where words can be typed."""
    book = recovered()
    book.device(10, 3, witness="Tom Byrne")
    book.add(log.Note, 20, text=f"{SECRET} sleeps")
    drug = {"drug": "ondansetron", "dose": "4 mg", "ordered_by": "Chidi Okafor"}
    medicine = log.InterventionCategory.MEDICINE
    book.add(log.Intervention, 30, category=medicine, text=SECRET, **drug)
    book.effect(40, "other", text=f"{SECRET} itches")
    book.check(121, "escort-arrived", "yes", text=f"{SECRET}'s husband")
    book.check(121, "steady-walk", "yes", text=f"{SECRET} walks")
    not_measured = log.NotMeasured(log.NotMeasuredReason.OTHER, f"{SECRET} asked us not to")
    book.reading(50, heart_rate=not_measured)
    book.reading(52, spo2=93)
    book.take_up(53, book.state(53).alerts[0].key, action_taken=f"Sat {SECRET} up")
    return book


def test_typed_words_are_left_out_everywhere_and_figures_stay() -> None:
    before = told().state(122)

    after = without_names(before, shorten, words=False)

    assert SECRET in repr(before)
    assert SECRET not in repr(after)
    assert LEFT_OUT in repr(after)
    assert (after.clock, after.rise, after.dose) == (before.clock, before.rise, before.dose)
    assert [one.status for one in after.readiness.criteria] == [
        one.status for one in before.readiness.criteria
    ]
    said = {one.code: one.why for one in after.readiness.criteria}
    assert (said["escort-arrived"], said["steady-walk"]) == ("answered yes", "answered yes")


def test_names_of_staff_that_were_typed_are_shortened_and_a_medicine_stays_if_it_was_read() -> None:
    for words in (False, True):
        after = without_names(told().state(122), shorten, words=words)

        shown = repr(after.log)
        assert "Tom Byrne" not in shown
        assert "Okafor" not in shown
        assert "witness='TB'" in shown
        assert "ordered_by='CO'" in shown
        assert ("ondansetron" in shown) is words


def test_words_that_somebody_has_read_stay_as_they_are() -> None:
    assert f"{SECRET} sleeps" in repr(without_names(told().state(122), shorten, words=True))


def test_of_an_amendment_stays_that_there_is_one_and_beside_what() -> None:
    entry = told().entries[0]
    amended = Amended(entry.id, entry.id, f"{SECRET} woke", f"{SECRET} said so", NURSE, at(200))

    [one] = without_words((amended,))

    assert (one.entry_id, one.at, one.text, one.reason) == (entry.id, at(200), LEFT_OUT, LEFT_OUT)
