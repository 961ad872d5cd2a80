"""This file is about tables: each belongs to a clinic, or says by name why it does not."""

import importlib

import pytest
from sqlalchemy import Date, PrimaryKeyConstraint, UniqueConstraint

from clinic.core.db import Base, UtcDateTime
from clinic.core.db.policies import clinic_column
from tests.architecture.tree import inside, modules, package_and_file

BELONGS_TO_NO_CLINIC = {
    "audit_event": "its chain is the clinic, or the chain of events without one",
    "clinic": "is the clinic",
    "clinic_head": "its id is the clinic's",
    "open_id_subject": "it is read before anybody acts",
    "passkey": "belongs to a person, who may work in several clinics",
    "user": "a person may work in several clinics; membership says in which",
    "user_session": "exists before anybody says for which clinic",
    "sign_in_throttle": "is counted before anybody is known",
}


# Tables with a clinic in them that PostgreSQL shows whoever asks (`core/db/policies.py`).
OUTSIDE_THE_LOCK = {
    "clinic": "is read to know which clinics there are",
    "device": "a tablet says by its token, before anybody acts, whose it is",
    "device_user": "who is known on a tablet is asked before anybody acts",
    "link_door": "a private link says by its token whose patient it is for; holds no name",
    "membership": "says in which clinics a person works, before she acts in one",
    "one_time_link": "says by its token who was invited where, before anybody acts",
    "user_session": "a browser says by its token who acts where",
}


@pytest.fixture(scope="module")
def tables():
    for path in modules():
        if package_and_file(path)[1] == "models" or package_and_file(path)[0] == "core":
            importlib.import_module(inside(path).removesuffix(".py").replace("/", "."))
    return list(Base.metadata.sorted_tables)


@pytest.fixture(scope="module")
def owned(tables):
    return [
        table
        for table in tables
        if table.name not in BELONGS_TO_NO_CLINIC and "clinic_id" in table.columns
    ]


def test_every_table_belongs_to_a_clinic_or_is_named_as_one_that_does_not(tables):
    found = [
        table.name
        for table in tables
        if table.name not in BELONGS_TO_NO_CLINIC
        and ("clinic_id" not in table.columns or table.columns["clinic_id"].nullable)
    ]

    assert not found, (
        "Inherit from ClinicOwned, or name the table and the reason in BELONGS_TO_NO_CLINIC: "
        + ", ".join(found)
    )


def test_every_table_with_rows_of_a_clinic_is_behind_the_lock_or_named(tables):
    """Every migration ends by putting the lock on all that `clinic_column` names."""
    bound = {"clinic_id", "chain_id", "patient_id"}
    found = {
        table.name
        for table in tables
        if clinic_column(table) is None
        and (bound & set(table.columns.keys()) or refers_to_a_clinics_rows(table))
    }

    assert found - OUTSIDE_THE_LOCK.keys() == set(), (
        "Inherit from ClinicOwned, use belongs_by(), or name the table and the reason in"
        " OUTSIDE_THE_LOCK"
    )
    assert OUTSIDE_THE_LOCK.keys() - found == {"clinic"}


def refers_to_a_clinics_rows(table):
    return any(clinic_column(key.column.table) for key in table.foreign_keys)


def test_the_column_of_the_lock_is_there_and_never_empty(tables):
    columns = {table.name: clinic_column(table) for table in tables if clinic_column(table)}
    found = [
        f"{table.name}.{columns[table.name]}"
        for table in tables
        if table.name in columns
        and (
            table.columns.get(columns[table.name]) is None or table.c[columns[table.name]].nullable
        )
    ]

    assert len(columns) >= 60
    assert found == []


def test_a_child_refers_to_its_parent_within_the_same_clinic(tables, owned):
    names = {table.name for table in owned}
    found = [
        f"{table.name}.{'+'.join(key.column_keys)}"
        for table in owned
        for key in table.foreign_key_constraints
        if key.referred_table.name in names and "clinic_id" not in key.column_keys
    ]

    assert not found, (
        "Refer to (clinic_id, id), so that no child can hang on another clinic's parent: "
        + ", ".join(found)
    )


def test_every_index_of_a_clinics_table_begins_with_the_clinic(owned):
    found = [
        f"{table.name}: {index.name}"
        for table in owned
        for index in table.indexes
        if next(iter(index.columns)).name != "clinic_id"
    ]

    assert not found, "Put clinic_id first: every question asks within one clinic: " + ", ".join(
        found
    )


def test_every_moment_ends_in_at_and_every_day_in_on(tables):
    found = [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if (isinstance(column.type, UtcDateTime) and not column.name.endswith("_at"))
        or (isinstance(column.type, Date) and not column.name.endswith("_on"))
    ]

    assert not found, "A moment ends in _at, a day in _on: " + ", ".join(found)


def test_every_constraint_has_a_name(tables):
    found = [
        f"{table.name}: {type(constraint).__name__}"
        for table in tables
        for constraint in table.constraints
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint) and not constraint.name
        if constraint.columns
    ]

    assert not found, "A migration cannot drop what has no name: " + ", ".join(found)


def test_every_exempt_table_exists(tables):
    stale = set(BELONGS_TO_NO_CLINIC) - {table.name for table in tables}

    assert not stale, "Remove from BELONGS_TO_NO_CLINIC: " + ", ".join(sorted(stale))
