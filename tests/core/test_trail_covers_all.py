"""This file is about ways round the trail that a model could open: there are none."""

import importlib
import pkgutil

import pytest
from sqlalchemy import Table
from sqlalchemy.orm import Mapper, configure_mappers

import clinic
from clinic.core.db import Base
from clinic.core.tenancy import ClinicOwned


@pytest.fixture(scope="module")
def mappers() -> list[Mapper]:
    """Every model of every room."""
    for module in pkgutil.walk_packages(clinic.__path__, "clinic."):
        if module.name.endswith(".models") or ".core." in module.name:
            importlib.import_module(module.name)
    configure_mappers()
    return [m for m in Base.registry.mappers if m.local_table.metadata is Base.metadata]


def test_no_row_is_deleted_or_changed_by_a_reference(mappers) -> None:
    """The database would do it, and no event would say so."""
    cascading = [
        f"{mapper.local_table}.{key.parent.name}"
        for mapper in mappers
        for key in mapper.local_table.foreign_keys
        if key.ondelete or key.onupdate
    ]

    assert cascading == []


def test_no_table_is_written_without_a_class(mappers) -> None:
    """A table between two others is written without a record, so no event would say so."""
    mapped = {mapper.local_table for mapper in mappers}

    assert set(Base.metadata.tables.values()) - mapped == set()
    assert [str(r) for m in mappers for r in m.relationships if r.secondary is not None] == []


def test_every_table_of_a_clinic_is_narrowed_and_every_narrowed_one_is_a_clinics(mappers) -> None:
    owned = {m.local_table.name for m in mappers if issubclass(m.class_, ClinicOwned)}
    narrowed = {name for name, t in Base.metadata.tables.items() if t.info.get("clinic_owned")}

    assert owned == narrowed
    assert owned


def unwalled(table: Table) -> bool:
    """Whether a reference of a clinic's table could lead into another clinic."""
    return any(
        "clinic_id" in key.referred_table.c
        and key.referred_table.info.get("clinic_owned")
        and "clinic_id" not in key.column_keys
        for key in table.foreign_key_constraints
    )


def test_every_reference_to_a_clinics_row_names_the_clinic_too(mappers) -> None:
    assert [t.name for t in Base.metadata.tables.values() if unwalled(t)] == []


def test_every_index_of_a_clinics_table_begins_with_the_clinic(mappers) -> None:
    astray = [
        index.name
        for table in Base.metadata.tables.values()
        if table.info.get("clinic_owned")
        for index in table.indexes
        if next(iter(index.columns)).name != "clinic_id"
    ]

    assert astray == []
