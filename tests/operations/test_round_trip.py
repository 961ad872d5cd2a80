"""A clinic with a row in every table moves from one database engine to the other and back."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from clinic import create_app
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.operations.actions import load
from clinic.operations.queries.schema import tables
from tests.clock import Clock
from tests.conftest import Template, configuration
from tests.databases import PostgresTemplate, Prepare, run_name, worker_name
from tests.desk import somebody, stranger
from tests.operations.one_of_each import one_of_each
from tests.operations.test_whole_clinic import WORD, furnished, taken

__all__ = ["furnished", "somebody", "stranger"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
# The trail says that it came and went; its head follows.
GOES_ON = {"data/audit_event.ndjson", "data/clinic_head.ndjson"}


@pytest.fixture
def postgresql(templates: dict[str, Template], prepare: Prepare, clock: Clock) -> Iterator[Flask]:
    """An installation on the other engine in which there is nobody yet."""
    if "postgresql" not in templates:
        templates["postgresql"] = PostgresTemplate(run_name(), worker_name(), prepare)
    address = templates["postgresql"].new()
    other = create_app(configuration(address), clock=clock)
    yield other
    with other.app_context():
        db.engine.dispose()
    templates["postgresql"].drop(address)


def rows(file: io.BytesIO) -> dict[str, list[bytes]]:
    """The rows of each table in a file, in one order."""
    with zipfile.ZipFile(file) as archive:
        data = [name for name in archive.namelist() if name.startswith("data/")]
        return {name: sorted(archive.read(name).splitlines()) for name in data}


def test_a_clinic_with_a_row_in_every_table_moves_from_sqlite_to_postgresql(
    app: Flask, furnished: Acting, postgresql: Flask
) -> None:
    with app.app_context(), act_as(furnished), job():
        filled = one_of_each(furnished, WORD)
    first = taken(app, furnished)

    with postgresql.app_context():
        load(first)
    before, after = rows(first), rows(taken(postgresql, furnished))

    assert len(filled) > 10
    assert {f"data/{table.name}.ndjson" for table in tables()} == before.keys()
    assert [name for name, found in before.items() if not found] == []
    assert {name for name in before if before[name] != after[name]} <= GOES_ON
