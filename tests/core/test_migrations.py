"""This file is about the revisions: they make the tables of the models, up and down, with rows."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from clinic import create_app
from clinic.core.acting import Acting, act_as
from clinic.core.db import Base, db, job
from clinic.core.db.policies import locked_tables
from clinic.core.db.protection import expected_triggers
from clinic.core.db.roles import APPLICATION, OWNER, faults
from clinic.patients import queries
from tests.conftest import configuration
from tests.core.conftest import sqlite_only
from tests.core.raw import REFUSALS, intruder
from tests.core.test_triggers import triggers_in
from tests.core.trial import HERE
from tests.databases import as_role
from tests.desk import DUBLIN, NURSE_ID
from tests.factories import CLINIC_ID, make_clinic
from tests.review.house import furnish

REVISIONS = len(list(Path("migrations/versions").glob("*.py")))


@pytest.fixture
def migrated(template):
    """An application on a database that the revisions made from nothing."""
    address = template.blank()
    application = create_app(configuration(address))
    with application.app_context():
        upgrade()
        yield application
        db.engine.dispose()
    template.drop(address)


def shape(connection) -> dict[str, object]:
    """What a database holds besides its rows."""
    look = inspect(connection)
    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c.get("default"))
                for c in sorted(look.get_columns(table), key=lambda column: column["name"])
            ],
            "checks": sorted((c["name"], c["sqltext"]) for c in look.get_check_constraints(table)),
            "unique": sorted(
                (u["name"], *u["column_names"]) for u in look.get_unique_constraints(table)
            ),
            "indexes": sorted(
                (i["name"], i["unique"], *i["column_names"]) for i in look.get_indexes(table)
            ),
            "references": sorted(
                (f["name"], f["referred_table"], *f["constrained_columns"], *f["referred_columns"])
                for f in look.get_foreign_keys(table)
            ),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_the_revisions_make_what_the_models_say(migrated, template) -> None:
    address = template.blank()
    other = create_app(configuration(address))
    with other.app_context():
        with db.engine.begin() as connection:
            Base.metadata.create_all(connection)
            expected = shape(connection)
        db.engine.dispose()
    template.drop(address)

    with db.engine.connect() as connection:
        found = shape(connection)
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        )

    assert found == expected
    assert differences == []


def test_the_revisions_leave_every_trigger_and_every_row_in_place_after_each_step(migrated) -> None:
    with job():
        make_clinic()
    db.session.remove()
    furnish(migrated, Acting(NURSE_ID, CLINIC_ID, DUBLIN), "Zephyrine")
    rows = content(migrated)
    for _ in range(REVISIONS):
        with db.engine.connect() as connection:
            present = set(inspect(connection).get_table_names())
            dialect = connection.dialect.name
            expected = set(expected_triggers(Base.metadata, dialect, present))
            assert triggers_in(connection) == expected
        kept = content(migrated)
        assert {name: rows[name] for name in kept} == kept
        downgrade()


def content(app) -> dict[str, int]:
    """How many rows each table has, of all clinics, as a superuser counts them."""
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
    with intruder(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        count = 'SELECT count(*) FROM "{}"'
        return {name: connection.execute(count.format(name)).fetchone()[0] for name in names}


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_lock_between_clinics_is_on_since_the_revision_that_knows_it(migrated) -> None:
    with db.engine.connect() as connection:
        assert locked_in(connection) == {
            name for name, _ in locked_tables(connection, Base.metadata)
        }
        assert faults_but_owning(connection) == []

    downgrade(revision="0023")
    with db.engine.connect() as connection:
        assert locked_in(connection) == set()

    upgrade()
    with db.engine.connect() as connection:
        assert len(locked_in(connection)) >= 60


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_program_itself_changes_no_table(migrated, caplog) -> None:
    address = as_role(migrated.config["SQLALCHEMY_DATABASE_URI"], APPLICATION)
    program = create_app(configuration(address))

    with program.app_context():
        for change in (upgrade, downgrade):
            with pytest.raises(SystemExit):
                change()
        db.engine.dispose()

    assert caplog.text.count("run it as who owns the tables, clinic_owner") == 2


def locked_in(connection) -> set[str]:
    """The tables on which the database keeps the clinics apart."""
    asked = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    with_policy = "SELECT tablename FROM pg_policies"
    found = set(connection.exec_driver_sql(asked).scalars())
    return found | set(connection.exec_driver_sql(with_policy).scalars())


def faults_but_owning(connection) -> list[str]:
    """What could be got past by somebody who does not own the tables."""
    return [one for one in faults(connection, Base.metadata) if not one.startswith(OWNER)]


def test_the_revisions_can_be_taken_back_to_nothing_and_made_again(migrated) -> None:
    with job():
        make_clinic()
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert triggers_in(connection) == set()

    upgrade()
    with db.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) - {"alembic_version"} == set(
            Base.metadata.tables
        )


def test_a_migrated_database_refuses_what_the_models_refuse(migrated) -> None:
    address = migrated.config["SQLALCHEMY_DATABASE_URI"]

    with intruder(address) as connection:
        connection.execute(
            "INSERT INTO audit_event"
            " (id, chain_id, seq, action, occurred_at, body, previous_hash, hash)"
            " VALUES ('00000000000000000000000000000001', '00000000000000000000000000000002',"
            " 1, 'x', '2026-03-12 09:00:00', '{}', '', '')"
        )
        for statement in ("UPDATE audit_event SET body = ''", "DELETE FROM audit_event"):
            with pytest.raises(REFUSALS):
                connection.execute(statement)


@sqlite_only
def test_a_reference_that_a_revision_broke_stops_it(migrated, caplog) -> None:
    with intruder(migrated.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        connection.execute(
            "INSERT INTO membership (id, user_id, clinic_id, role, is_active, version)"
            " VALUES ('m', 'nobody', 'nowhere', 'nurse', 1, 1)"
        )

    with pytest.raises(SystemExit):
        upgrade()
    assert "references are broken" in caplog.text


def test_sensitive_columns_are_closed_with_the_rows_that_are_there_and_opened_again(
    migrated,
) -> None:
    downgrade(revision="0025")
    own = CLINIC_ID if db.engine.dialect.name == "postgresql" else CLINIC_ID.hex
    with job():
        make_clinic()
    address = db.engine.url.render_as_string(hide_password=False)
    with intruder(address) as connection:
        connection.execute(
            "INSERT INTO patient (id, clinic_id, number, given_name, family_name, name_key,"
            " born_on, phone, email, version) VALUES"
            f" ('{own}', '{own}', 'P-1', 'Maya', 'Osei', 'osei maya', '1994-05-02',"
            " '+353 87 555 0142', NULL, 1)"
        )

    upgrade()
    with act_as(HERE):
        [maya] = queries.find("0875550142").patients
        assert (maya.phone, maya.email) == ("+353 87 555 0142", None)
    with intruder(address) as connection:
        [closed] = connection.execute("SELECT phone FROM patient").fetchone()
        assert closed.startswith("k1:")

    downgrade(revision="0025")
    with intruder(address) as connection:
        assert connection.execute("SELECT phone FROM patient").fetchone() == ("+353 87 555 0142",)
