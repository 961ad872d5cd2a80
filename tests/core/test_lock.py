"""Behind the wall PostgreSQL keeps the clinics apart, and the program cannot turn that off."""

import runpy
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from gunicorn.arbiter import Arbiter
from sqlalchemy import NullPool, Table, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from clinic import create_app
from clinic.core import tenancy
from clinic.core.acting import act_as
from clinic.core.db import Base, db, job, lift_policies, protect
from clinic.core.db.policies import POLICY, locked_tables
from clinic.core.db.roles import APPLICATION, BACKUP, OWNER, SCRIPT, faults
from clinic.core.db.serving import why_not_to_serve
from clinic.core.tenancy import NO_CLINIC, naming
from tests.conftest import Work
from tests.core.raw import intruder
from tests.core.test_wall_reads import RAW, READS
from tests.core.trial import HERE, THERE, Bed, Reading, Trial, Ward
from tests.databases import as_role, with_roles

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)

DENIED = psycopg.errors.InsufficientPrivilege
NAME_HERE = f"SELECT set_config('clinic.named', '{HERE.clinic_id}', false)"


@pytest.fixture
def without_the_wall(app: Flask, monkeypatch) -> Iterator[None]:
    """A program that forgot every line of Python which keeps the clinics apart."""

    def plain(table, compiler, **how):
        return compiler.visit_table(table, **how)

    monkeypatch.setitem(Table._compiler_dispatcher.specs, "default", plain)  # type: ignore[attr-defined]
    monkeypatch.setattr(tenancy, "refuse_stranger", lambda _record: None)
    with app.app_context():
        engine = db.engine
    engine.clear_compiled_cache()
    event.remove(Session, "do_orm_execute", tenancy.refuse_what_cannot_be_narrowed)
    yield
    event.listen(Session, "do_orm_execute", tenancy.refuse_what_cannot_be_narrowed)
    engine.clear_compiled_cache()


def test_without_the_wall_nothing_of_another_clinic_is_read(work: Work, without_the_wall) -> None:
    found = {}
    for name, (statement, _) in READS.items():
        with work(HERE):
            found[name] = list(db.session.scalars(statement()))

    assert found == {name: expected for name, (_, expected) in READS.items()}


def test_it_was_the_wall_that_was_taken_away(work: Work, without_the_wall) -> None:
    with work(HERE), naming(THERE.clinic_id):
        assert db.session.scalars(select(Ward.name)).all() == ["theirs"]


def test_without_the_wall_raw_sql_reads_nothing_of_another_clinic(
    work: Work, without_the_wall
) -> None:
    with work(HERE):
        found = [tuple(row) for raw in RAW.values() for row in db.session.execute(raw())]
        everything = db.session.scalars(text("SELECT t::text FROM trial_ward t")).all()

    assert len(everything) == 1
    assert "mine" in str(found)
    # A town belongs to no clinic: its name is everybody's.
    assert "theirs" not in str(found).replace("theirs town", "") + str(everything)


def test_without_the_wall_nobody_reads_before_somebody_acts(app, without_the_wall) -> None:
    with app.app_context(), job():
        assert db.session.scalars(select(Ward.name)).all() == []
        assert db.session.scalar(select(func.count()).select_from(Reading)) == 0


def test_without_the_wall_nothing_is_written_across_it(work: Work, without_the_wall) -> None:
    moved = Ward.__table__.update().values(clinic_id=THERE.clinic_id)
    theirs = Ward.__table__.update().where(Ward.name == "theirs").values(name="seized")

    with pytest.raises(ProgrammingError, match="row-level security"), work(HERE):
        db.session.add(Ward(name="planted", clinic_id=THERE.clinic_id))
    with pytest.raises(ProgrammingError, match="row-level security"), work(HERE):
        db.session.execute(moved)
    with work(HERE):
        assert db.session.execute(theirs).rowcount == 0
        assert db.session.execute(Bed.__table__.delete()).rowcount == 1
    with work(THERE):
        assert db.session.scalars(select(Bed.label)).all() == ["theirs"]


# What the program might be made to say by whoever got a statement into it.
TURNING_OFF = {
    "no lock": "ALTER TABLE trial_ward DISABLE ROW LEVEL SECURITY",
    "not for the owner": "ALTER TABLE trial_ward NO FORCE ROW LEVEL SECURITY",
    "no policy": f"DROP POLICY {POLICY} ON trial_ward",
    "a wider policy": f"ALTER POLICY {POLICY} ON trial_ward USING (true)",
    "another policy": "CREATE POLICY all_of_it ON trial_ward USING (true)",
    "nothing hidden": "SET row_security = off; SELECT * FROM trial_ward",
    "as the owner": f"SET ROLE {OWNER}",
    "as the one who copies": f"SET ROLE {BACKUP}",
    "as the administrator": "SET SESSION AUTHORIZATION postgres",
    "a right of its own": f"ALTER ROLE {APPLICATION} BYPASSRLS",
    "a new role": "CREATE ROLE thief SUPERUSER",
    "somebody's right": f"GRANT {OWNER} TO {APPLICATION}",
    "as a replica": "SET session_replication_role = replica",
    "no trigger": "ALTER TABLE trial_reading DISABLE TRIGGER ALL",
    "away with it": "DROP TRIGGER trial_reading_append_only ON trial_reading",
    "a harmless trigger": "CREATE OR REPLACE FUNCTION clinic_refuse_change() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "another owner": f"ALTER TABLE trial_reading OWNER TO {APPLICATION}",
    "a table of its own": "CREATE TABLE mine AS SELECT 1",
    "a view": "CREATE VIEW mine AS SELECT * FROM trial_ward",
    "emptying": "TRUNCATE trial_ward CASCADE",
    "dropping": "DROP TABLE trial_ward CASCADE",
    "a file of the server": "COPY trial_ward TO '/tmp/theirs'",
    "a program of the server": "COPY trial_ward TO PROGRAM 'cat'",
    "changing what is written once": "UPDATE trial_reading SET value = 6",
    "deleting it": "DELETE FROM trial_reading",
    "merging into it": "MERGE INTO trial_reading r USING trial_ward w ON r.code = w.name"
    " WHEN MATCHED THEN UPDATE SET value = 6",
    "changing the trail": "UPDATE audit_event SET body = ''",
    "deleting the trail": "DELETE FROM audit_event",
    "changing the revision": "UPDATE alembic_version SET version_num = '0001'",
}


def test_the_program_cannot_turn_it_off(spare_database_uri) -> None:
    let_through = []

    with intruder(spare_database_uri) as administrator:
        administrator.execute("CREATE TABLE alembic_version (version_num text)")
    with intruder(spare_database_uri, role=APPLICATION) as connection:
        connection.execute(NAME_HERE)
        for name, statement in TURNING_OFF.items():
            try:
                connection.execute(statement)
                let_through.append(name)
            except (DENIED, psycopg.errors.ObjectNotInPrerequisiteState):
                connection.execute("RESET row_security")
        shown = connection.execute("SELECT name FROM trial_ward").fetchall()

    assert (let_through, shown) == ([], [("mine",)])


def test_a_copy_of_a_table_holds_one_clinic(database_uri) -> None:
    with intruder(database_uri, role=APPLICATION) as connection:
        connection.execute(NAME_HERE)
        with connection.cursor().copy("COPY (SELECT name FROM trial_ward) TO STDOUT") as lines:
            assert b"".join(lines) == b"mine\n"


def test_a_temporary_table_does_not_answer_for_a_signed_record(work: Work, database_uri) -> None:
    with intruder(database_uri) as administrator:
        administrator.execute("UPDATE trial_sheet SET locked_at = 'now'")
    with intruder(database_uri, role=APPLICATION) as connection:
        connection.execute(NAME_HERE)
        connection.execute("CREATE TEMP TABLE trial_sheet AS SELECT * FROM public.trial_sheet")
        connection.execute("UPDATE trial_sheet SET locked_at = NULL")

        with pytest.raises(psycopg.IntegrityError, match="signed and locked"):
            connection.execute("UPDATE trial_line SET text = 'forged'")


def test_whoever_owns_the_tables_meets_the_lock_too(database_uri) -> None:
    with intruder(database_uri, role=OWNER) as connection:
        nobody = connection.execute("SELECT name FROM trial_ward").fetchall()
        connection.execute(NAME_HERE)
        named = connection.execute("SELECT name FROM trial_ward").fetchall()

    assert (nobody, named) == ([], [("mine",)])


def test_the_name_of_a_clinic_ends_with_its_transaction(app) -> None:
    asked = "SELECT current_setting('clinic.named', true)"
    with app.app_context(), db.engine.connect() as connection:
        with act_as(HERE), connection.begin():
            assert connection.exec_driver_sql(asked).scalar() == str(HERE.clinic_id)
        with connection.connection.cursor() as cursor:
            assert cursor.execute(asked).fetchone() == ("",)
            connection.connection.rollback()
        with act_as(THERE), connection.begin():
            assert connection.exec_driver_sql(asked).scalar() == str(THERE.clinic_id)
        with connection.begin():
            assert connection.exec_driver_sql(asked).scalar() in (None, "", str(NO_CLINIC))


def test_one_transaction_names_one_clinic_after_the_other(app) -> None:
    names = "SELECT name FROM trial_ward"
    found = []
    with app.app_context(), db.engine.begin() as connection:
        for clinic_id in (HERE.clinic_id, THERE.clinic_id, NO_CLINIC, uuid.UUID(int=7)):
            with naming(clinic_id):
                found.append(connection.exec_driver_sql(names).scalars().all())

    assert found == [["mine"], ["theirs"], [], []]


def test_the_trail_of_another_clinic_is_behind_the_lock(work: Work, without_the_wall) -> None:
    for table, column in (("audit_event", "chain_id"), ("clinic_head", "id")):
        with work(HERE):
            asked = text(f"SELECT DISTINCT {column} FROM {table}")
            assert db.session.scalars(asked).all() == [HERE.clinic_id]


@contextmanager
def connected(address: str, role: str) -> Iterator:
    """A connection of SQLAlchemy's, as somebody, in one transaction."""
    engine = create_engine(as_role(address, role), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


@pytest.mark.parametrize("metadata", [Base.metadata, Trial.metadata])
def test_every_table_of_a_clinic_carries_the_lock(metadata, database_uri) -> None:
    asked = (
        "SELECT p.tablename FROM pg_policies p JOIN pg_class c ON c.relname = p.tablename"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity"
        " AND c.relforcerowsecurity AND p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL'"
        " AND p.roles = '{public}' AND p.qual LIKE '%clinic.named%' AND p.with_check = p.qual"
    )
    with connected(database_uri, OWNER) as connection:
        locked = set(connection.exec_driver_sql(asked.replace("%", "%%")).scalars())
        expected = {name for name, _ in locked_tables(connection, metadata)}

    assert expected
    assert expected - locked == set()


def test_what_a_role_could_get_past_is_said(database_uri) -> None:
    with connected(database_uri, APPLICATION) as connection:
        assert faults(connection, Base.metadata) == []
    with connected(database_uri, OWNER) as connection:
        found = faults(connection, Base.metadata)
        assert found[0].startswith("clinic_owner owns tables and can take their triggers away: ")
        assert found[1].startswith("clinic_owner may change what is written once: amendment, ")
    with connected(database_uri, "postgres") as connection:
        assert faults(connection, Base.metadata) == [
            "postgres is a superuser: nothing is refused to it."
        ]
    with connected(database_uri, BACKUP) as connection:
        found = faults(connection, Base.metadata)
        assert found == ["clinic_backup reads past the lock between clinics (BYPASSRLS)."]


def test_a_table_without_the_lock_is_said(spare_database_uri) -> None:
    with intruder(spare_database_uri) as administrator:
        administrator.execute("ALTER TABLE patient DISABLE ROW LEVEL SECURITY")

    with connected(spare_database_uri, APPLICATION) as connection:
        assert faults(connection, Base.metadata) == ["There is no lock between clinics on patient."]


def test_whoever_copies_reads_all_and_writes_nothing(database_uri) -> None:
    with intruder(database_uri, role=BACKUP) as connection:
        names = connection.execute("SELECT name FROM trial_ward ORDER BY name").fetchall()
        with pytest.raises(DENIED):
            connection.execute("UPDATE trial_ward SET name = 'x'")

    assert names == [("mine",), ("theirs",)]


def test_a_migration_changes_rows_of_all_clinics_and_puts_the_lock_back(database_uri) -> None:
    change = "UPDATE trial_ward SET name = name || '!'"
    with connected(database_uri, OWNER) as connection:
        lift_policies(connection, Trial.metadata)
        changed = connection.exec_driver_sql(change).rowcount
        protect(connection, Trial.metadata)
    with connected(database_uri, OWNER) as connection:
        afterwards = connection.exec_driver_sql(change).rowcount

    assert (changed, afterwards) == (2, 0)


def said(app: Flask, address: str, *arguments: str) -> tuple[int, str]:
    """Run `flask db-roles` as somebody."""
    other = create_app(app.config | {"SQLALCHEMY_DATABASE_URI": address})
    done = other.test_cli_runner().invoke(args=["db-roles", *arguments])
    with other.app_context():
        db.engine.dispose()
    return done.exit_code, done.output


def test_the_operator_is_told_whether_the_program_could_turn_it_off(app, database_uri) -> None:
    assert said(app, database_uri, "--check") == (
        0,
        "The database keeps the clinics apart, and this role cannot turn that off.\n",
    )
    code, output = said(app, as_role(database_uri, "postgres"), "--check")
    assert (code, output) == (1, "postgres is a superuser: nothing is refused to it.\n")


class Worker:
    """A worker of the server, just begun."""

    def __init__(self, app: Flask, role: str) -> None:
        address = as_role(app.config["SQLALCHEMY_DATABASE_URI"], role)
        self.wsgi = create_app(app.config | {"SQLALCHEMY_DATABASE_URI": address})
        self.log, self.said = self, ""

    def error(self, words: str, *values: str) -> None:
        """What stands in the server's log."""
        self.said = words % values


def test_nobody_is_served_as_a_role_that_could_turn_it_off(app) -> None:
    begin = runpy.run_path("gunicorn.conf.py")["post_worker_init"]
    as_program, as_owner, as_superuser = (Worker(app, r) for r in (APPLICATION, OWNER, "postgres"))

    begin(as_program)
    for worker in (as_owner, as_superuser):
        with pytest.raises(SystemExit) as ended:
            begin(worker)
        assert ended.value.code == Arbiter.APP_LOAD_ERROR
    for worker in (as_program, as_owner, as_superuser):
        with worker.wsgi.app_context():
            db.engine.dispose()

    assert as_program.said == ""
    assert as_owner.said.startswith("not served: clinic_owner owns tables")
    assert as_superuser.said.startswith("not served: postgres is a superuser")


def test_a_database_that_is_away_keeps_the_server_from_nothing(app) -> None:
    away = app.config | {"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://127.0.0.1:1/clinic"}

    assert why_not_to_serve(create_app(away)) == []


def test_the_lock_is_looked_at_once_for_a_question_and_not_for_each_row(work: Work) -> None:
    asked = select(Ward.__table__).where(Ward.name == "mine")
    with work(HERE):
        connection = db.session.connection()
        question = str(asked.compile(connection, compile_kwargs={"literal_binds": True}))
        named = {"acting_clinic_1": HERE.clinic_id}
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {question}", named).scalars())

    assert "One-Time Filter: (COALESCE" in plan
    assert plan.count("clinic.named") == 1


def test_the_script_of_the_roles_can_be_run_again(app, database_uri, spare_database_uri) -> None:
    code, script = said(app, database_uri)
    name = make_url(spare_database_uri).database

    assert (code, script) == (0, SCRIPT)
    with intruder(spare_database_uri) as administrator:
        for _ in range(2):
            administrator.execute(with_roles(str(name)))
    with connected(spare_database_uri, APPLICATION) as connection:
        assert faults(connection, Base.metadata) == []
        assert connection.exec_driver_sql(
            "SELECT has_database_privilege(current_database(), 'TEMP'),"
            " has_schema_privilege('public', 'CREATE')"
        ).one() == (False, False)
