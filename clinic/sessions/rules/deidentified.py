"""This file is about a session without what may say who she is, or who cared for her."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from clinic.sessions.rules.amending import Amended
from clinic.sessions.rules.log import AdverseEvent, Entry, NotMeasured, Observation, SignValue
from clinic.sessions.rules.results import (
    Criterion,
    ItemState,
    LogLine,
    Row,
    SessionState,
    SideEffect,
    SignReading,
    Slot,
)

LEFT_OUT = "(words left out)"
PEOPLE = ("witness", "ordered_by")
TYPED = ("text", "action_taken", "reason", "drug", "dose", "route")
UNSAID = ("lot", "site", "expires_on")
OTHER = "other"


def without_names(
    state: SessionState, shorten: Callable[[str], str], *, words: bool
) -> SessionState:
    """The state with typed names of staff shortened. `words`: what else was typed stays as it is;
    else it is left out, since anything may stand there. Figures and codes stay."""
    lines = tuple(_line(line, shorten, words=words) for line in state.log)
    if words:
        return replace(state, log=lines)
    items = {item.code: item for item in state.discharge_items}
    typed = [one.text for one in state.side_effects if one.term == OTHER]
    criteria = tuple(_criterion(one, items, typed) for one in state.readiness.criteria)
    return replace(
        state,
        log=lines,
        rows=tuple(_row(row) for row in state.rows),
        slots=tuple(_slot(slot) for slot in state.slots),
        orders=tuple(_typed(order, "text") for order in state.orders),
        supplies=(),
        away=None,
        emergency=None,
        alerts=tuple(_typed(one, "action", "close_reason") for one in state.alerts),
        side_effects=tuple(_effect(effect) for effect in state.side_effects),
        pre_dose_items=tuple(_typed(item, "answer_text") for item in state.pre_dose_items),
        discharge_items=tuple(_typed(item, "answer_text") for item in state.discharge_items),
        readiness=replace(state.readiness, criteria=criteria),
    )


def without_words(amendments: tuple[Amended, ...]) -> tuple[Amended, ...]:
    """That something was amended, and beside what; not what was typed."""
    return tuple(_typed(one, "text", "reason") for one in amendments)


def _typed(record: Any, *names: str) -> Any:
    """The record with these words left out, where there are any."""
    return replace(record, **{name: LEFT_OUT for name in names if getattr(record, name, None)})


def _named(entry: Any, shorten: Callable[[str], str]) -> Any:
    """The entry with the names in its fields for people shortened."""
    said = {name: getattr(entry, name, None) for name in PEOPLE}
    return replace(entry, **{name: shorten(value) for name, value in said.items() if value})


def _slot(slot: Slot) -> Slot:
    signs = tuple(_typed(sign, "reason") for sign in slot.signs)
    shown: Slot = _typed(replace(slot, signs=signs), "reason")
    return shown


def _line(line: LogLine, shorten: Callable[[str], str], *, words: bool) -> LogLine:
    def changed(entry: Entry) -> Entry:
        shown: Entry = _named(entry, shorten)
        return shown if words else _without_typed(shown)

    return replace(
        line,
        original=changed(line.original),
        corrections=tuple(changed(one) for one in line.corrections),
        current=changed(line.current) if line.current else None,
    )


def _without_typed(entry: Entry) -> Entry:
    if isinstance(entry, Observation):
        entry = replace(entry, signs={sign: _sign(value) for sign, value in entry.signs.items()})
    criterion = ("criterion",) if isinstance(entry, AdverseEvent) else ()
    unsaid: dict[str, Any] = {name: None for name in UNSAID if hasattr(entry, name)}
    shown: Entry = _typed(replace(entry, **unsaid), *TYPED, *criterion)
    return shown


def _sign(value: SignValue) -> SignValue:
    """Why it was not measured, as a code."""
    return NotMeasured(value.reason) if isinstance(value, NotMeasured) else value


def _row(row: Row) -> Row:
    def changed(reading: SignReading) -> SignReading:
        return replace(reading, value=_sign(reading.value))

    return replace(row, readings=tuple(changed(reading) for reading in row.readings))


def _effect(effect: SideEffect) -> SideEffect:
    """A term of the list stays; what was typed for another one, or as criterion, does not."""
    shown: SideEffect = _typed(effect, "criterion")
    return replace(shown, text=OTHER.capitalize()) if effect.term == OTHER else shown


def _criterion(
    criterion: Criterion, items: dict[str, ItemState], typed: Sequence[str]
) -> Criterion:
    """The evidence of what was asked is its answer, without the words beside it. `typed`: side
    effects of no list, which stand in the evidence by what was typed."""
    item, why = items.get(criterion.code), criterion.why
    if item and item.answer and item.answer_text:
        why = why.replace(item.answer_text, f"answered {item.answer.value}")
    for words in typed:
        why = why.replace(words, OTHER.capitalize())
    overridden = _typed(criterion.overridden, "reason") if criterion.overridden else None
    return replace(criterion, why=why, overridden=overridden)
