"""The arithmetic of an order: mg from weight, a rate from mg and minutes; nothing where no dose."""

from decimal import Decimal

import pytest

from clinic.sessions.rules import by_weight, rate_for, worked_out
from tests.sessions.rules.factories import INFUSION, INJECTION, NASAL


@pytest.mark.parametrize(("kg", "mg"), [("68", "34.0"), ("68.5", "34.3"), ("68.4", "34.2")])
def test_half_a_milligram_for_each_kilogram_to_a_tenth(kg, mg):
    assert worked_out(INFUSION, Decimal(kg)) == {Decimal("0.5"): Decimal(mg)}


def test_a_protocol_without_a_dose_by_weight_proposes_nothing():
    assert worked_out(INJECTION, Decimal(68)) == {}
    assert worked_out(NASAL, Decimal(68)) == {}
    assert [by_weight(plan) for plan in (INFUSION, INJECTION, NASAL)] == [True, False, False]


def test_the_rate_gives_the_order_in_the_planned_minutes():
    assert rate_for(INFUSION, Decimal(34)) == Decimal("51.0")
    assert rate_for(NASAL, Decimal(56)) is None
