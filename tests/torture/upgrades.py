"""Every revision goes down and up again while a clinic with something in every room lies in it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.engine import make_url

from clinic import create_app
from clinic.core.acting import Acting
from clinic.core.db import db, job
from clinic.operations.actions.backups.copying import reading
from clinic.operations.queries.contents import contents_of
from clinic.operations.rules.backups import Contents
from tests.clock import Clock
from tests.conftest import configuration
from tests.desk import DUBLIN, NURSE_ID, STRANGER_ID
from tests.factories import CLINIC_ID, OTHER_CLINIC_ID, make_clinic, make_other_clinic
from tests.review.house import furnish
from tests.torture.table import Table

FEWEST = 20  # revisions


@pytest.fixture
def lived_in(template) -> Iterator[Flask]:
    """An installation that the revisions made, with two clinics in it."""
    address = template.blank()
    app = create_app(configuration(address), clock=Clock())
    with app.app_context():
        upgrade()
        with job():
            make_clinic()
            make_other_clinic()
    furnish(app, Acting(NURSE_ID, CLINIC_ID, DUBLIN), "Zephyrine")
    furnish(app, Acting(STRANGER_ID, OTHER_CLINIC_ID, DUBLIN), "Ottoline")
    yield app
    with app.app_context():
        db.engine.dispose()
    template.drop(address)


def content(app: Flask) -> Contents:
    """What is in it, of all clinics, as a superuser finds it."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    with reading(url.set(username="postgres") if url.username else url) as connection:
        return contents_of(connection)


def test_every_revision_down_and_up_with_rows(
    lived_in: Flask, engine_name: str, table: Table
) -> None:
    with table.fault(f"a revision taken back and made again with rows, {engine_name}") as line:
        with lived_in.app_context():
            whole = content(lived_in)
            while at := (before := content(lived_in)).revision:
                line.tries += 1
                downgrade()
                below = content(lived_in)
                upgrade(revision=at)
                again = content(lived_in)
                found = list(lost(before, below, again))
                line.lost += len(found)
                assert found == [], at
                line.passed += 1
                downgrade()
        line.said.append(f"{whole.rows} rows in {len(whole.tables)} tables")

    assert line.tries >= FEWEST


def lost(before: Contents, below: Contents, again: Contents) -> Iterator[str]:
    """Rows that went although their table stayed, tables that did not come back, the trail."""
    assert again.tables.keys() == before.tables.keys()
    for name in before.tables.keys() & below.tables.keys() - {"alembic_version"}:
        if not before.tables[name] == below.tables[name] == again.tables[name]:
            yield name
    if below.chains:
        yield from (chain for chain, end in before.chains.items() if below.chains[chain] != end)
        yield from (chain for chain, end in before.chains.items() if again.chains[chain] != end)
