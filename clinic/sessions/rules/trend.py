"""This file is about the arrow beside a reading and its change from before the dose."""

from decimal import Decimal

from clinic.protocols.rules import BLOOD_PRESSURE, SessionPlan, TrendUnit
from clinic.sessions.rules.log import BloodPressure, Measured, SignValue
from clinic.sessions.rules.results import Arrow

PER_CENT = 100


def arrow(plan: SessionPlan, sign: str, before: SignValue | None, value: SignValue) -> Arrow | None:
    """Against the reading before; blood pressure by its systolic. None: nothing to compare."""
    trend = plan.limits["systolic" if sign == BLOOD_PRESSURE else sign].trend
    old, new = _number(before), _number(value)
    if trend is None or old is None or new is None:
        return None
    moved = abs(new - old)
    if trend.unit is TrendUnit.PERCENT:
        slow, fast = (moved * PER_CENT >= edge * old for edge in (trend.slow, trend.fast))
    else:
        slow, fast = (moved >= edge for edge in (trend.slow, trend.fast))
    if not moved or not slow:
        return Arrow.STEADY
    if fast:
        return Arrow.RISING if new > old else Arrow.FALLING
    return Arrow.RISING_SLOWLY if new > old else Arrow.FALLING_SLOWLY


def change(baseline: SignValue | None, value: SignValue) -> int | Decimal | tuple[int, int] | None:
    """Value minus pre-dose, with its sign; a pair for blood pressure."""
    if not isinstance(baseline, Measured) or not isinstance(value, Measured):
        return None
    if isinstance(value.value, BloodPressure) and isinstance(baseline.value, BloodPressure):
        return (
            value.value.systolic - baseline.value.systolic,
            value.value.diastolic - baseline.value.diastolic,
        )
    if isinstance(value.value, BloodPressure) or isinstance(baseline.value, BloodPressure):
        return None
    return value.value - baseline.value


def _number(value: SignValue | None) -> Decimal | None:
    if not isinstance(value, Measured):
        return None
    pair = value.value
    return Decimal(pair.systolic if isinstance(pair, BloodPressure) else pair)
