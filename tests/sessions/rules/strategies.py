"""This file is about made-up logs: entries of every kind, late, corrected and in any order."""

from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from clinic.sessions.rules import log
from tests.sessions.rules.around import (
    STAND_IN,
    absence,
    cannula,
    hand,
    order,
    supply,
)
from tests.sessions.rules.factories import NURSE, PSYCHIATRIST, Logbook, refused

# Values on both sides of limits, so that levels change often.
SOME = {
    "blood_pressure": ["118/76", "126/80", "148/92", "158/101", "164/102", "170/112", "88/50"],
    "heart_rate": [49, 72, 121],
    "respiratory_rate": [0, 9, 14, 31],
    "spo2": [89, 92, 94, 98],
    "moaas": [1, 3, 4, 5],
    "dissociation": [0, 3],
}
TERMS = ["headache", "vision-loss", "nausea", "dissociation"]
LEVELS = ["alert", "emergency"]


@st.composite
def readings(draw: st.DrawFn, book: Logbook) -> None:
    signs = draw(st.lists(st.sampled_from(sorted(SOME)), min_size=1, max_size=4, unique=True))
    left_out = st.just(refused())
    values = {
        sign: draw(st.one_of(st.sampled_from(SOME[sign]), st.sampled_from(SOME[sign]), left_out))
        for sign in signs
    }
    taken = draw(st.integers(-35, 140))
    book.reading(taken, known=taken + draw(st.sampled_from([0, 1, 5, 6, 25])), **values)


@st.composite
def doses(draw: st.DrawFn, book: Logbook) -> None:
    minute = draw(st.integers(-2, 15))
    if draw(st.booleans()):
        book.device(minute, draw(st.integers(1, 3)), outcome=draw(st.sampled_from(log.Outcome)))
    else:
        event = draw(st.sampled_from(["start", "pause", "resume", "stop"]))
        book.pump(draw(st.integers(0, 60)), event, rate_mg_per_h=Decimal(45))


@st.composite
def effects(draw: st.DrawFn, book: Logbook) -> None:
    minute = draw(st.integers(-10, 120))
    onset = book.effect(
        minute, draw(st.sampled_from(TERMS)), draw(st.sampled_from(["mild", "severe"]))
    )
    if draw(st.booleans()):
        book.effect_change(minute + draw(st.integers(0, 40)), onset)


@st.composite
def words(draw: st.DrawFn, book: Logbook) -> None:
    """Acknowledgements, answers and steps."""
    minute = draw(st.integers(-20, 150))
    which = draw(st.integers(0, 6))
    if which <= 2 and book.entries:
        about = draw(st.sampled_from(book.entries))
        sign = draw(st.sampled_from(["blood_pressure", "spo2", "moaas", "symptom"]))
        key = f"{sign}.{draw(st.sampled_from(LEVELS))}.{about.id}"
        closes = draw(st.booleans())
        book.take_up(minute, key, closes=closes, reason="seen", author_id=PSYCHIATRIST)
    elif which == 3:
        book.check(minute, "steady-walk", draw(st.sampled_from(["yes", "no"])))
    elif which == 4:
        book.step(minute, draw(st.sampled_from(["checked-in", "hold-overridden"])))
    elif which == 5:
        book.step(minute, "kept-longer", minutes=draw(st.integers(1, 40)))
    else:
        book.step(draw(st.integers(20, 150)), draw(st.sampled_from(["left", "dosing-stopped"])))


@st.composite
def around(draw: st.DrawFn, book: Logbook) -> None:
    """Supplies, cannula, orders, hand-over, absence, emergency, in any order however wrong."""
    minute = draw(st.integers(-20, 150))
    which = draw(st.integers(0, 5))
    who = st.sampled_from([NURSE, PSYCHIATRIST, STAND_IN])
    if which == 0:
        mg, unit = draw(st.sampled_from([None, "10", "50"])), draw(st.sampled_from(["mg", "mL"]))
        event = draw(st.sampled_from(log.SupplyEvent))
        supply(book, minute, event, mg, draw(st.sampled_from([None, 1, 2])), unit=unit)
    elif which == 1:
        site = draw(st.sampled_from([None, "left hand", "right hand"]))
        cannula(book, minute, draw(st.sampled_from(log.CannulaEvent)), site)
    elif which == 2:
        order(book, minute, author_id=draw(who))
    elif which == 3:
        hand(book, minute, draw(st.sampled_from(log.HandoverEvent)), draw(who), draw(who))
    elif which == 4:
        absence(book, minute, draw(st.sampled_from(log.AbsenceEvent)), "toilet")
    else:
        book.step(minute, draw(st.sampled_from(["emergency", "emergency", "emergency-over"])))


@st.composite
def corrections(draw: st.DrawFn, book: Logbook) -> None:
    if not book.entries:
        return
    old = draw(st.sampled_from(book.entries))
    if draw(st.booleans()):
        book.withdraw(draw(st.integers(0, 150)), old)
    elif isinstance(old, log.Observation):
        pressure = draw(st.sampled_from(SOME["blood_pressure"]))
        book.reading(
            draw(st.integers(-20, 120)),
            known=draw(st.integers(0, 150)),
            blood_pressure=pressure,
            corrects_id=old.id,
            reason="typed wrongly",
        )


@st.composite
def logs(draw: st.DrawFn, *, corrected: bool = True) -> list[log.Entry]:
    """Up to a dozen entries in their order of arrival."""
    book = Logbook()
    if draw(st.booleans()):
        book.full(-2)
    if draw(st.booleans()):
        book.device(0)
    kinds = [readings, readings, readings, doses, effects, words, around, around]
    if corrected:
        kinds.append(corrections)
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=9)):
        draw(kind(book))
    return book.entries


def ids(entries: list[log.Entry]) -> set[UUID]:
    return {entry.id for entry in entries}
