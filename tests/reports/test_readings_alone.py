"""The table of observations is the same, byte for byte, whether or not all of a session is read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic.core import clock as clocks
from clinic.core.db import new_id
from clinic.reports.queries.masked_order import in_order
from clinic.reports.queries.masking import own_mask
from clinic.reports.queries.stream import exported, session_parts
from clinic.reports.queries.wanted import EVERYTHING
from clinic.reports.rules import TABLES, Period
from tests.clock import Clock
from tests.reports.conftest import People, Work
from tests.reports.made import T0
from tests.reports.room import make_session, spray, write

MARCH = Period(date(2026, 3, 1), date(2026, 4, 30))
TABLE = TABLES["observations"]


def a_hard_morning(n: int) -> None:
    """Readings before, in and between slots; corrected, withdrawn, late, unrecordable, repeated."""
    planned = T0 + timedelta(days=n)
    session = make_session(planned, number=f"P-20{n:02}", given_name=f"Maya{n}")

    def at(minute: int):
        return planned + timedelta(minutes=minute)

    write(session, "observation", at(-20), systolic=118, diastolic=76, heart_rate=72, moaas=5)
    spray(session, at(0))
    first = write(session, "observation", at(15), systolic=120, diastolic=80, spo2=97)
    again = {"corrects_id": first.id, "reason": "typed wrongly, =1+1"}
    write(session, "observation", at(15), recorded_at=at(17), systolic=130, diastolic=85, **again)
    wrong = write(session, "observation", at(31), systolic=99, diastolic=60, spo2=88)
    gone = {"corrects_id": wrong.id, "reason": "another woman", "withdrawn": True}
    write(session, "observation", at(31), recorded_at=at(33), **gone)
    write(session, "observation", at(39), systolic=151, diastolic=98, dissociation=3, moaas=4)
    write(session, "observation", at(41), systolic=165, diastolic=101, oxygen_l_min=Decimal("2.0"))
    write(session, "observation", at(52), systolic=140, diastolic=91, recorded_at=at(140))
    absent = {
        "absent": {"spo2": "unrecordable", "blood_pressure": "other"},
        "absent_text": "Asleep",
    }
    write(session, "observation", at(70), said=absent, transcribed=True)
    write(session, "intervention", at(71), said={"category": "oxygen", "text": "mask"})
    write(session, "observation", at(93), systolic=126, diastolic=82, temperature=Decimal("36.8"))
    write(session, "transition", at(125), said={"event": "left"})
    write(session, "observation", at(131), systolic=119, diastolic=77)


@pytest.mark.parametrize("identified", [True, False])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_readings_read_alone_are_those_of_the_whole_session(
    work: Work, people: People, clock: Clock, engine_name: str, identified: bool
):
    clock.now = T0 + timedelta(days=30)
    with work(people["nurse"]):
        for n in range(4):
            a_hard_morning(n)
        planned_only = make_session(T0 + timedelta(days=9), number="P-2999")
        write(planned_only, "observation", T0 + timedelta(days=9), id=new_id(), spo2=98)
    with work(people["administrator"]):
        mask, now = own_mask(identified=identified), clocks.now()
        quick = "".join(exported(TABLE, MARCH, now, mask))
        whole = TABLE.head() + "".join(
            TABLE.lines(one, mask)
            for part in in_order(session_parts, MARCH, now, EVERYTHING, mask)
            for one in part
        )

    assert quick == whole
    assert quick.count("\r\n") == 1 + 4 * 9 + 1
