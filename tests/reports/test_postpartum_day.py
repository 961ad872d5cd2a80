"""The days since the birth stand in every file, at the row's own moment (definitions D1.1)."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from clinic.reports.rules import TABLES, TRAIL
from clinic.reports.rules.columns.common import postpartum_day
from clinic.reports.rules.tables import described
from clinic.sessions.rules import log
from clinic.sessions.rules.amending import Amended
from tests.reports.made import DUBLIN, NURSE_ID, T0, common, effect, reading, record, shown, spray

BIRTH = date(2026, 1, 22)  # 49 days before T0
MIDNIGHT = 14 * 60  # minutes from T0, 10:00 in winter


def days(code: str, session) -> list[int | None]:
    """The column of one file."""
    return [row["postpartum_day"] for row in shown(TABLES[code], session)]


def a_night():
    """Each kind of row one minute before midnight, and at midnight."""
    entries = [
        made
        for n, minute in enumerate((MIDNIGHT - 1, MIDNIGHT))
        for made in (
            spray(10 * n + 1, minute),
            reading(10 * n + 2, minute, {"spo2": 97}),
            effect(10 * n + 3, minute, term=("nausea", "headache")[n]),
            log.Supply(**common(10 * n + 4, minute), event=log.SupplyEvent.OPENED),
        )
    ]
    amended = tuple(
        Amended(UUID(int=n), None, "84 mg", "misread", NURSE_ID, T0 + timedelta(minutes=minute))
        for n, minute in enumerate((MIDNIGHT - 1, MIDNIGHT))
    )
    return record(*entries, minute=MIDNIGHT + 9, amendments=amended)


@pytest.mark.parametrize(
    "code", ["observations", "doses", "side-effects", "supplies", "amendments"]
)
def test_d1_1_each_row_counts_to_its_own_day_in_the_clinic(code):
    assert days(code, a_night()) == [49, 50]


def test_d1_1_a_session_keeps_the_day_of_its_first_dose_past_midnight():
    assert days("sessions", a_night()) == [49]


@pytest.mark.parametrize("code", ["sessions", "observations", "doses", "side-effects"])
def test_without_a_birth_on_record_the_cell_is_empty_never_zero(code):
    without = record(spray(1, 0), reading(2, 5, {"spo2": 97}), effect(3, 9), birth_on=None)

    assert days(code, without) == [None]


def test_the_day_of_the_birth_is_0_and_a_day_before_it_is_negative():
    session = record(spray(1, 0), reading(2, 5, {"spo2": 97}))

    assert days("doses", replace(session, birth_on=date(2026, 3, 12))) == [0]
    assert days("doses", replace(session, birth_on=date(2026, 3, 13))) == [-1]


def test_a_withdrawn_entry_keeps_the_day_on_which_it_was_first_said_to_be():
    wrong = reading(3, 40, {}, corrects_id=reading(2, 40, {}).id, reason="hers", withdrawn=True)

    assert days("observations", record(spray(1, 0), reading(2, 40, {"spo2": 97}), wrong)) == [49]


def test_a_told_side_effect_counts_to_the_day_on_which_she_told_of_it():
    told = SimpleNamespace(at=T0 + timedelta(days=7))
    [column] = [c for c in TABLES["side-effects"].columns if c.name == "postpartum_day"]
    row = SimpleNamespace(session=record(spray(1, 0)), told=told, seen=None)

    assert column.value(row) == 56


def test_a_row_whose_moment_has_not_come_has_no_day():
    owner = record()
    column = postpartum_day(lambda _row: None, lambda row: row, "nothing")

    assert (owner.birth_on, owner.zone) == (BIRTH, DUBLIN)
    assert column.value(owner) is None


def test_every_file_but_the_trail_has_the_column_with_its_line_in_the_dictionary():
    lines = [one for one in described() if one.column.name == "postpartum_day"]

    assert [one.table.code for one in lines] == [code for code in TABLES if code not in TRAIL]
    assert {(one.column.unit, one.column.definition) for one in lines} == {("d", "D1.1")}
