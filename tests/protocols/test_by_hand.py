"""This file is about the protocols of what is given by hand: into a muscle, under the tongue."""

import json

import pytest

from clinic.protocols.library import library_protocols
from clinic.protocols.rules import Protocol, Route
from clinic.protocols.rules.parsing import ProtocolError

LIBRARY = library_protocols()
MUSCLE, TONGUE = LIBRARY["ketamine-im"], LIBRARY["ketamine-sublingual"]
INFUSION, NASAL = LIBRARY["ketamine-iv-0.5-mg-kg"], LIBRARY["esketamine-nasal-56-84"]
BY_HAND = pytest.mark.parametrize("protocol", [MUSCLE, TONGUE], ids=["muscle", "tongue"])


def test_d1_4_and_d1_5_slots_and_minimum_stay():
    assert (MUSCLE.route, TONGUE.route) == (Route.INTRAMUSCULAR, Route.SUBLINGUAL)
    assert MUSCLE.schedule.slots == (0, 5, 10, 15, 30, 45, 60, 90)
    assert TONGUE.schedule.slots == (0, 15, 30, 60, 90, 120)
    assert (MUSCLE.minimum_stay.minutes, TONGUE.minimum_stay.minutes) == (90, 120)


@BY_HAND
def test_no_dose_is_made_up_and_the_source_says_so(protocol):
    assert protocol.dose.allowed is None
    assert protocol.dose.minimum_interval_hours is None
    assert "no dose set by this clinic" in protocol.dose.source


@BY_HAND
def test_limits_hold_and_leaving_are_those_of_the_infusion_without_the_cannula(protocol):
    codes = {item.code for item in protocol.discharge.items}

    assert (protocol.limits, protocol.hold) == (INFUSION.limits, INFUSION.hold)
    assert {item.code for item in INFUSION.discharge.items} - codes == {"cannula-out"}
    assert [item.code for item in protocol.pre_dose] == [i.code for i in INFUSION.pre_dose]


@pytest.mark.parametrize("protocol", [NASAL, INFUSION], ids=["nasal", "vein"])
def test_devices_and_infusions_need_their_doses(protocol):
    tree = json.loads(protocol.to_json())
    tree["dose"]["allowed"] = None

    with pytest.raises(ProtocolError, match=r"null is for injection or lozenge"):
        Protocol.from_json(json.dumps(tree))


def test_a_dose_by_weight_is_never_null():
    tree = json.loads(MUSCLE.to_json())
    tree["dose"]["unit"] = "mg/kg"

    with pytest.raises(ProtocolError, match=r"null is for injection or lozenge"):
        Protocol.from_json(json.dumps(tree))


def test_g3_who_hears_of_a_serious_event():
    assert any("REMS" in sentence for sentence in NASAL.serious_events.tell)
    assert not any("REMS" in sentence for sentence in INFUSION.serious_events.tell)
