"""This file is about values that cannot be, and values that are asked about once (D2.5, D2.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.protocols.rules import MAY_BE_UNRECORDABLE, SIGNS, SessionPlan
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    NotMeasured,
    NotMeasuredReason,
    Observation,
    SignValue,
    Unrecordable,
)

Message = tuple[str, str]
"""Name of the field and a sentence."""

Numbers = dict[str, Decimal]


@dataclass(frozen=True)
class ValueCheck:
    """`impossible` cannot be saved; `unlikely` is asked once, then saved as it is."""

    impossible: tuple[Message, ...]
    unlikely: tuple[Message, ...]


def check_values(
    plan: SessionPlan, observation: Observation, previous: Mapping[str, SignValue]
) -> ValueCheck:
    """Messages by field (`systolic`, `diastolic`, `spo2`, ...). `previous`: the last value of each
    sign before. The ranges are entry checks of the protocol, not clinical limits."""
    now, before = _numbers(observation.signs), _numbers(previous)
    if observation.oxygen_l_min is not None:
        now["oxygen_l_min"] = observation.oxygen_l_min
    impossible = [*_impossible(plan, now), *_answers(observation.signs)]
    barred = {field for field, _ in impossible}
    unlikely = [m for m in _unlikely(plan, now, before) if m[0] not in barred]
    return ValueCheck(tuple(impossible), tuple(unlikely))


def _numbers(signs: Mapping[str, SignValue]) -> Numbers:
    numbers: Numbers = {}
    for sign, said in signs.items():
        value = said.value if isinstance(said, Measured) else None
        if isinstance(value, BloodPressure):
            numbers["systolic"] = Decimal(value.systolic)
            numbers["diastolic"] = Decimal(value.diastolic)
        elif value is not None:
            numbers[sign] = Decimal(value)
    return numbers


def _impossible(plan: SessionPlan, now: Numbers) -> Iterator[Message]:
    for sign, value in now.items():
        if not _is_possible(plan, sign, value):
            entry, info = plan.limits[sign].entry, SIGNS[sign]
            unit = f" in {info.unit_text}" if info.unit_text else ""
            numbers = "" if info.decimals else ", whole numbers only"
            limits = f"between {entry.lowest} and {entry.highest}"
            whole = value.is_finite() and value == value.to_integral_value()
            yield sign, f"Enter {info.display}{unit}, {limits}{'' if whole else numbers}."
    if "systolic" in now and now["diastolic"] >= now["systolic"]:
        pair = f"{now['systolic']}/{now['diastolic']}"
        yield "diastolic", f"Diastolic must be below systolic, {pair}."


def _is_possible(plan: SessionPlan, sign: str, value: Decimal) -> bool:
    """Vital signs are whole numbers, temperature and flow excepted (definitions D2.3)."""
    entry = plan.limits[sign].entry
    if not value.is_finite() or not entry.lowest <= value <= entry.highest:
        return False
    return SIGNS[sign].decimals > 0 or value == value.to_integral_value()


def _answers(signs: Mapping[str, SignValue]) -> Iterator[Message]:
    for sign, said in signs.items():
        name = SIGNS[sign].display
        if isinstance(said, Unrecordable) and sign not in MAY_BE_UNRECORDABLE:
            yield sign, f"Enter {name}, or why it was not measured."
        if not isinstance(said, NotMeasured):
            continue
        if sign == "moaas" and said.reason is NotMeasuredReason.ASLEEP:
            yield sign, "Asleep is what MOAA/S measures. Enter the score, or another reason."
        if said.reason is NotMeasuredReason.OTHER and not said.text.strip():
            yield sign, f"Enter why {name} was not measured."


def _unlikely(plan: SessionPlan, now: Numbers, before: Numbers) -> Iterator[Message]:
    for sign, value in now.items():
        entry, name = plan.limits[sign].entry, SIGNS[sign].display
        low = entry.ask_below is not None and value < entry.ask_below
        high = entry.ask_above is not None and value > entry.ask_above
        old = before.get(sign)
        limit = entry.ask_change_above
        jumped = old is not None and limit is not None and abs(value - old) > limit
        if low or high:
            yield sign, f"Check: {name} {value}?"
        elif jumped:
            yield sign, f"Check: {name} {value}? It was {old} before."
    if "systolic" in now and now["systolic"] - now["diastolic"] < plan.pair.ask_closer_than:
        yield "diastolic", f"Check: {now['systolic']}/{now['diastolic']}?"
