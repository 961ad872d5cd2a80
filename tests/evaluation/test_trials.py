"""This file is about antidepressant trials: judged by a table; what is unknown is not guessed."""

import json
from decimal import Decimal

import pytest

from clinic.core.permissions import Role
from clinic.evaluation.library import shipped_table
from clinic.evaluation.queries import table_in_force
from clinic.evaluation.rules import (
    Medicine,
    Resistance,
    TableError,
    TrialTable,
    judged,
    resistance,
    trials_in,
)

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TABLE = TrialTable(
    weeks_from=6,
    weeks_source="a book",
    needed=2,
    needed_source="a label",
    medicines=(
        Medicine("Sertraline", Decimal(50), None, "a book"),
        Medicine("Venlafaxine", Decimal("37.5"), 8, "a book"),
        Medicine("Mirtazapine", None, None, None),
    ),
)
TRIAL = {
    "medicine": "sertraline",
    "highest_dose": "50",
    "weeks": "6",
    "improvement": "under-25",
}


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"highest_dose": "49.9"}, False),
        ({"weeks": "5"}, False),
        ({"improvement": "25-49"}, True),
        ({"improvement": "50-75"}, False),
        ({"medicine": "Venlafaxine XR", "weeks": "8"}, True),
        ({"medicine": "Venlafaxine XR", "weeks": "7"}, False),
        ({"medicine": "Mirtazapine"}, None),
        ({"medicine": "Lithium"}, None),
        ({"medicine": "Mirtazapine", "weeks": "5"}, False),
        ({"highest_dose": None}, None),
        ({"improvement": None}, None),
    ],
)
def test_a_trial_counts_when_dose_and_weeks_were_enough_and_it_helped_little(changes, counts):
    assert judged(TABLE, TRIAL | changes).counts is counts


def test_a_judgement_of_ones_own_needs_its_reason():
    by_hand = TRIAL | {"medicine": "Lithium", "counts_as": "counts"}

    assert judged(TABLE, by_hand).counts is None
    with_reason = judged(TABLE, by_hand | {"counts_reason": "blood level"})
    assert (with_reason.counts, with_reason.overruled) == (True, True)
    against = TRIAL | {"counts_as": "not-counted", "counts_reason": "not taken"}
    assert judged(TABLE, against).counts is False


@pytest.mark.parametrize(
    ("counts", "needed", "resistant"),
    [
        ([True, True], 2, True),
        ([True, None], 2, None),
        ([True, False], 2, False),
        ([True, True, None], 2, True),
        ([True, True], None, None),
        ([], 2, False),
    ],
)
def test_unknown_trials_are_neither_counted_nor_left_out(counts, needed, resistant):
    table = TrialTable(6, "x", needed, "x" if needed else None, ())
    told = [
        judged(table, {"medicine": "A", "counts_as": said, "counts_reason": "because"})
        for said in ({True: "counts", False: "not-counted", None: "by-table"}[c] for c in counts)
    ]

    found = resistance(table, told)

    assert (found.counted, found.unknown) == (counts.count(True), counts.count(None))
    assert found.resistant is resistant
    assert isinstance(found, Resistance)


def test_rows_are_told_apart_by_their_number():
    rows = list(trials_in({"medicine_1": "A", "weeks_1": "6", "medicine_2": "B"}, 2))

    assert rows == [{"medicine": "A", "weeks": "6"}, {"medicine": "B"}]


def test_the_table_of_the_program_guesses_no_dose():
    table = shipped_table()

    assert {medicine.dose_from_mg for medicine in table.medicines} == {None}
    assert (table.weeks_from, table.needed) == (6, 2)
    assert "US label" in table.needed_source


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"weeks_source": None}, "Write where this number comes from."),
        ({"medicines": [{"name": "A", "dose_from_mg": "5", "weeks_from": None, "source": None}]},
         "Write where this number comes from."),
        ({"medicines": [{"name": n, "dose_from_mg": None, "weeks_from": None, "source": None}
                        for n in ("A", "a XR")]}, "Keep one line."),
    ],
)  # fmt: skip
def test_a_number_without_a_source_is_no_table(changes, sentence):
    tree = json.loads(TABLE.to_json()) | changes

    with pytest.raises(TableError, match=sentence):
        TrialTable.from_tree(tree, "table")


@pytest.fixture
def administrator(desk):
    desk.role = Role.ADMINISTRATOR
    return desk


NEW = {
    "weeks_from": "8",
    "weeks_source": "our pharmacist",
    "needed": "2",
    "needed_source": "US label",
    "name_1": "Sertraline",
    "dose_1": "50",
    "source_1": "our pharmacist",
    "reason": "First table of this clinic",
}


def test_a_clinic_publishes_its_own_table_with_who_when_and_why(administrator, work):
    answer = administrator.post("/antidepressant-table/new", **NEW)
    page = administrator.get("/antidepressant-table").text

    assert answer.status_code == 303
    assert "Version 1 of this clinic" in page
    assert "First table of this clinic" in page
    with work(administrator.somebody):
        found = table_in_force()
        assert found.table.find("sertraline").dose_from_mg == 50
        assert (found.table.weeks_from, found.version.n) == (8, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source_1": ""}, "Write where this number comes from."),
        ({"name_1": ""}, "Enter the medicine."),
        ({"weeks_source": ""}, "Write where this number comes from."),
        ({"dose_1": "a lot"}, "in mg a day"),
        ({"name_2": "Sertraline"}, "Sertraline stands here 2 times."),
        ({"reason": ""}, "Write what changes, and why."),
    ],
)
@sqlite_only
def test_a_table_that_cannot_be_says_why_and_keeps_what_was_typed(administrator, changes, sentence):
    answer = administrator.post("/antidepressant-table/new", **NEW | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="our pharmacist"' in answer.text


@sqlite_only
def test_the_same_table_is_not_published_twice(administrator):
    administrator.post("/antidepressant-table/new", **NEW)

    answer = administrator.post("/antidepressant-table/new", **NEW)

    assert "This table says the same as the one in force." in answer.text


@sqlite_only
def test_staff_read_the_table_and_only_administrators_publish(desk):
    desk.role = Role.NURSE

    assert desk.get("/antidepressant-table").status_code == 200
    assert desk.post("/antidepressant-table/new", **NEW).status_code == 403
