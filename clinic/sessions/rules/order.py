"""This file is about the arithmetic of an order: mg from weight, a rate from mg and minutes.

It is shown beside the field as arithmetic. What the prescriber writes is what is ordered.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from clinic.protocols.rules import DoseUnit, SessionPlan

TENTH = Decimal("0.1")
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Weight:
    """Kilograms, and the day on which she was weighed."""

    kg: Decimal
    on: date


def by_weight(plan: SessionPlan) -> bool:
    """Whether the protocol gives the dose by weight."""
    return plan.dose.unit is DoseUnit.MG_PER_KG


def worked_out(plan: SessionPlan, kg: Decimal) -> dict[Decimal, Decimal]:
    """Dose of the protocol in mg/kg -> mg for this weight, to a tenth of a milligram."""
    doses = plan.dose.allowed if by_weight(plan) else None
    return {each: (each * kg).quantize(TENTH, ROUND_HALF_UP) for each in doses or ()}


def rate_for(plan: SessionPlan, mg: Decimal) -> Decimal | None:
    """The rate in mg/h that gives `mg` in the planned minutes; None where nothing is infused."""
    infusion = plan.dose.infusion
    if infusion is None:
        return None
    return (mg * MINUTES_PER_HOUR / infusion.planned_minutes).quantize(TENTH, ROUND_HALF_UP)
