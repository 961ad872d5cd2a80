"""This file is about how values of rows stand in JSON: what is read back is what was there."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from clinic.operations.rules import Kind, OutOfOrder, parents_first, read, spelled
from clinic.operations.rules.manifest import Manifest, Unreadable, differences
from clinic.sessions.models import SessionStatus

HER = uuid.UUID("01950000-0000-7000-8000-00000000e001")
AT = datetime(2026, 3, 12, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.ID, HER),
        (Kind.TEXT, 'Ólöf "the" 雪\n'),
        (Kind.INTEGER, -3),
        (Kind.DECIMAL, Decimal("56.50")),
        (Kind.YES_NO, False),
        (Kind.DAY, date(2026, 2, 28)),
        (Kind.MOMENT, AT),
        (Kind.BYTES, b"%PDF\x00\xff"),
        (Kind.TEXT, None),
    ],
)
def test_a_value_is_read_back_as_it_was(kind, value):
    assert read(kind, spelled(value)) == value


def test_a_code_is_its_code_and_a_decimal_keeps_its_zeros():
    assert spelled(SessionStatus.FINISHED) == "finished"
    assert spelled(Decimal("1E+2")) == "100"
    assert str(read(Kind.DECIMAL, "56.50")) == "56.50"


def test_a_moment_is_written_in_utc():
    assert (
        spelled(AT.astimezone(timezone(timedelta(hours=1)))) == "2026-03-12T10:00:00.123456+00:00"
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.ID, "not an id"),
        (Kind.INTEGER, "5"),
        (Kind.INTEGER, True),
        (Kind.YES_NO, 1),
        (Kind.TEXT, 5),
        (Kind.DAY, "2026-02-30"),
        (Kind.DECIMAL, "five"),
        (Kind.BYTES, "ä"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(ValueError, match=f"is no {kind}"):
        read(kind, value)


def test_what_no_column_holds_cannot_be_spelled():
    with pytest.raises(TypeError):
        spelled(1.5)


def row(own: int, parent: int | None = None) -> dict[str, int | None]:
    return {"id": own, "corrects_id": parent}


def test_rows_come_after_those_they_correct_however_they_lie():
    rows = [row(3, 2), row(5), row(2, 1), row(4, 3), row(1)]

    ids = [one["id"] for one in parents_first(rows, ["corrects_id"])]

    assert ids == [5, 1, 2, 3, 4]


@pytest.mark.parametrize("rows", [[row(2, 1)], [row(1, 2), row(2, 1)]])
def test_rows_that_name_nobody_or_each_other_are_refused(rows):
    with pytest.raises(OutOfOrder, match="rows name others"):
        list(parents_first(rows, ["corrects_id"]))


def test_a_manifest_of_another_format_is_refused():
    with pytest.raises(Unreadable, match="clinic-whole-1"):
        Manifest.from_tree({"format": "clinic-whole-0"})
    with pytest.raises(Unreadable, match="does not say: made_at, tables, trail"):
        Manifest.from_tree({"format": "clinic-whole-1", "clinic": "a", "clinic_id": "b"})


def test_what_differs_between_two_versions_is_named():
    column = {"name": "room", "kind": "text", "may_be_empty": False}
    ours = {"visit": {"columns": [column]}, "new": {"columns": []}}
    theirs = {"visit": {"columns": [column | {"may_be_empty": True}]}}

    assert list(differences(theirs, ours)) == [
        "table new is only in the installation",
        "column visit.room is not the same",
    ]
    assert list(differences(ours, ours)) == []
