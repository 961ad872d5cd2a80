"""This file is about rows that may never change: the database itself refuses, on both engines."""

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, inspect, select
from sqlalchemy.exc import IntegrityError

from clinic.core.db import Base, db
from clinic.core.db.protection import expected_triggers, recreate_triggers
from clinic.core.db.roles import OWNER
from tests.conftest import Work
from tests.core.raw import REFUSALS, intruder
from tests.core.trial import HERE, Line, Reading, Sheet, Trial
from tests.databases import REFUSED, WRITTEN_ONCE, as_role

COPY = "SELECT id, clinic_id, code, 6 FROM trial_reading WHERE code = 'mine'"
COLUMNS = "trial_reading (id, clinic_id, code, value)"
ON_BOTH = {
    "an update": "UPDATE trial_reading SET value = 6",
    "a delete": "DELETE FROM trial_reading",
    "an upsert by key": f"INSERT INTO {COLUMNS} {COPY}"
    " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
    "an upsert by code": f"INSERT INTO {COLUMNS} {COPY}"
    " ON CONFLICT (clinic_id, code) DO UPDATE SET value = excluded.value",
}
NEW_ID = "SELECT '00000000000000000000000000000001', clinic_id, code, 6 FROM trial_reading"
ON_SQLITE = {
    "a replace by key": f"INSERT OR REPLACE INTO {COLUMNS} {COPY}",
    "a replace by code": f"REPLACE INTO {COLUMNS} {NEW_ID} WHERE code = 'mine'",
    "a replace by row number": "REPLACE INTO trial_reading (rowid, id, clinic_id, code, value)"
    " SELECT rowid, 'x', clinic_id, 'y', 6 FROM trial_reading LIMIT 1",
    "an update or replace": "UPDATE OR REPLACE trial_reading SET code = 'mine'",
    "an insert or ignore over it": f"INSERT OR IGNORE INTO {COLUMNS} {COPY}",
}
ON_POSTGRESQL = {
    "a truncate": "TRUNCATE trial_reading",
    "a truncate with others": "TRUNCATE trial_ward CASCADE; TRUNCATE clinic CASCADE",
    "a merge": "MERGE INTO trial_reading r USING trial_ward w ON r.code = w.name"
    " WHEN MATCHED THEN UPDATE SET value = 6",
    "an update of no row": "UPDATE trial_reading SET value = 6 WHERE false",
}


def test_a_row_written_once_survives_every_statement(database_uri, engine_name) -> None:
    here = ON_SQLITE if engine_name == "sqlite" else ON_POSTGRESQL
    let_through = []

    with intruder(database_uri) as connection:
        before = connection.execute("SELECT * FROM trial_reading ORDER BY id").fetchall()
        for name, statement in (ON_BOTH | here).items():
            try:
                connection.execute(statement)
                let_through.append(name)
            except REFUSALS:
                pass
        after = connection.execute("SELECT * FROM trial_reading ORDER BY id").fetchall()

    assert (let_through, after) == ([], before)


def test_the_trail_survives_the_same(database_uri) -> None:
    with intruder(database_uri) as connection:
        before = connection.execute("SELECT count(*) FROM audit_event").fetchone()[0]
        for statement in ("UPDATE audit_event SET body = ''", "DELETE FROM audit_event"):
            with pytest.raises(REFUSALS):
                connection.execute(statement)
        after = connection.execute("SELECT count(*) FROM audit_event").fetchone()[0]

    assert before == after > 0


def test_the_application_cannot_change_such_a_row_either(work: Work) -> None:
    with pytest.raises(REFUSED, match=WRITTEN_ONCE), work(HERE):
        db.session.scalars(select(Reading)).one().value = 6
    with pytest.raises(REFUSED, match=WRITTEN_ONCE), work(HERE):
        db.session.delete(db.session.scalars(select(Reading)).one())


def sign(work: Work) -> None:
    """Lock the sheet of this clinic."""
    with work(HERE):
        db.session.scalars(select(Sheet)).one().locked_at = "2026-03-12"


SIGNED = "(SELECT id FROM trial_sheet WHERE title = 'mine')"
OPEN = "(SELECT id FROM trial_sheet WHERE title = 'theirs')"
ON_SIGNED = {
    "changing the sheet": "UPDATE trial_sheet SET title = 'x' WHERE title = 'mine'",
    "opening it again": "UPDATE trial_sheet SET locked_at = NULL WHERE title = 'mine'",
    "deleting it": "DELETE FROM trial_sheet WHERE title = 'mine'",
    "changing a line": f"UPDATE trial_line SET text = 'x' WHERE sheet_id = {SIGNED}",
    "taking a line out": f"DELETE FROM trial_line WHERE sheet_id = {SIGNED}",
    "moving a line away": f"UPDATE trial_line SET sheet_id = {OPEN} WHERE sheet_id = {SIGNED}",
    "moving a line in": f"UPDATE trial_line SET sheet_id = {SIGNED} WHERE sheet_id = {OPEN}",
}
REPLACING_SIGNED = {
    "replacing the sheet": "REPLACE INTO trial_sheet (id, clinic_id, title)"
    " SELECT id, clinic_id, 'x' FROM trial_sheet WHERE title = 'mine'",
    "replacing a line": "REPLACE INTO trial_line (id, clinic_id, sheet_id, text)"
    f" SELECT id, clinic_id, {OPEN}, 'x' FROM trial_line WHERE sheet_id = {SIGNED}",
}
EMPTYING_SIGNED = {
    "emptying the sheets": "TRUNCATE trial_sheet CASCADE",
    "emptying the lines": "TRUNCATE trial_line",
}


def test_a_signed_row_and_its_children_survive_every_statement(
    database_uri, engine_name, work: Work
) -> None:
    sign(work)
    here = REPLACING_SIGNED if engine_name == "sqlite" else EMPTYING_SIGNED
    let_through = []

    with intruder(database_uri) as connection:
        for name, statement in (ON_SIGNED | here).items():
            try:
                connection.execute(statement)
                let_through.append(name)
            except REFUSALS:
                pass

    assert not let_through


def test_a_signed_parent_takes_no_more_rows(work: Work) -> None:
    sign(work)

    with pytest.raises(IntegrityError, match="signed and locked"), work(HERE):
        db.session.add(Line(sheet_id=db.session.scalars(select(Sheet.id)).one(), text="too late"))


ADD_LINE = (
    "INSERT INTO trial_line (id, clinic_id, sheet_id, text)"
    " SELECT gen_random_uuid(), clinic_id, id, 'meanwhile' FROM trial_sheet WHERE title = 'mine'"
)
LOCK_SHEET = "UPDATE trial_sheet SET locked_at = 'now' WHERE title = 'mine'"


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("first", "second"), [(ADD_LINE, LOCK_SHEET), (LOCK_SHEET, ADD_LINE)])
def test_a_row_and_the_signature_wait_for_each_other(first, second, database_uri) -> None:
    """Or a row would slip in between the reading of what is signed and the lock."""
    with intruder(database_uri) as one, intruder(database_uri) as other:
        other.execute("SET lock_timeout = '200ms'")
        one.execute("BEGIN")
        one.execute(first)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(second)
        one.execute("COMMIT")

        if second == ADD_LINE:
            with pytest.raises(REFUSALS, match="signed and locked"):
                other.execute(second)
        else:
            assert other.execute(second).rowcount == 1


def test_an_open_parent_takes_rows_and_changes(work: Work) -> None:
    with work(HERE):
        sheet = db.session.scalars(select(Sheet)).one()
        db.session.add(Line(sheet_id=sheet.id, text="in time"))
        db.session.scalars(select(Line).where(Line.text == "mine")).one().text = "better"

    with work(HERE):
        assert sorted(db.session.scalars(select(Line.text))) == ["better", "in time"]


def triggers_in(connection) -> set[str]:
    """The names of the triggers that the database has."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return {name for (name,) in connection.exec_driver_sql(catalogue)}


def test_the_database_has_the_triggers_that_the_models_ask_for(app) -> None:
    with app.app_context(), db.engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        expected = {
            name
            for metadata in (Base.metadata, Trial.metadata)
            for name in expected_triggers(metadata, connection.dialect.name, present)
        }
        assert triggers_in(connection) == expected
        assert {name for name in expected if name.startswith("audit_event")}


def test_triggers_can_be_put_back_as_often_as_one_likes(database_uri) -> None:
    engine = create_engine(as_role(database_uri, OWNER), poolclass=NullPool)
    with engine.begin() as connection:
        before = triggers_in(connection)
        recreate_triggers(connection, Trial.metadata)
        recreate_triggers(connection, Trial.metadata)
        assert triggers_in(connection) == before
