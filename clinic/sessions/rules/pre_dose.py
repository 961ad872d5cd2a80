"""This file is about the value before the dose, from which every change counts (D2.1)."""

from datetime import datetime

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    Observation,
    SignValue,
    Unrecordable,
)
from clinic.sessions.rules.moments import minutes


def is_held(basis: Basis, value: SignValue | None) -> bool:
    """Above the hold of the protocol, before the dose."""
    if not isinstance(value, Measured) or not isinstance(value.value, BloodPressure):
        return False
    hold, pair = basis.plan.hold, value.value
    return pair.systolic >= hold.systolic_from or pair.diastolic >= hold.diastolic_from


def pre_dose_entries(basis: Basis) -> dict[str, Observation]:
    """For each sign the observation with its pre-dose value; a sign without one is absent.

    Before T0: what would be the pre-dose value if the drug were given now.
    """
    found = {sign: _last(basis, sign) for sign in ENTRY_SIGNS}
    return {sign: observation for sign, observation in found.items() if observation}


def _last(basis: Basis, sign: str) -> Observation | None:
    said = [o for o in basis.observations if _before_dose(basis, o) and is_value(o, sign)]
    valid = [o for o in said if isinstance(o.signs[sign], Measured)]
    if not valid:
        return None
    last = valid[-1]
    repeated = sign == BLOOD_PRESSURE and said[-1] is not last
    # Once a held reading was repeated it is never the pre-dose value, even if the repeat could
    # not be recorded.
    held = repeated and is_held(basis, last.signs[sign])
    return last if not held and _inside_window(basis, last.effective_at) else None


def is_value(observation: Observation, sign: str) -> bool:
    """Something was found, if only that it cannot be recorded."""
    return isinstance(observation.signs.get(sign), Measured | Unrecordable)


def _before_dose(basis: Basis, observation: Observation) -> bool:
    return basis.t0 is None or observation.effective_at <= basis.t0


def _inside_window(basis: Basis, taken_at: datetime) -> bool:
    window = minutes(basis.plan.baseline.window_minutes)
    if basis.t0 is not None:
        return taken_at >= basis.t0 - window
    return not basis.watch.reached(taken_at + window + minutes(1))
