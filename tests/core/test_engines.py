"""This file is about how each database is opened, and who waits for whom."""

import os
import sqlite3
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from clinic.core.acting import act_as
from clinic.core.db import apart, db, job
from tests.conftest import Work
from tests.core.conftest import sqlite_only
from tests.core.crowd import at_once
from tests.core.raw import intruder
from tests.core.trial import HERE, Bed, Ward

postgresql_only = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@sqlite_only
def test_sqlite_is_durable_and_strict(app) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")

    with app.app_context(), db.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in names}

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
    }


@sqlite_only
def test_a_file_that_can_only_be_read_is_not_opened_until_it_is_well(app, monkeypatch) -> None:
    with app.app_context():
        db.engine.dispose()
        with monkeypatch.context() as bad_disk:
            bad_disk.setattr(os, "access", lambda *_: False)
            with pytest.raises(OperationalError, match="readonly"), db.engine.connect():
                pass

        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("pragma query_only").scalar() == 0


@postgresql_only
def test_postgresql_speaks_utc_and_never_waits_for_long(app) -> None:
    with app.app_context(), db.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("timezone", "lock_timeout", "statement_timeout", "transaction_isolation")
        ]

    assert [found[0].lower(), *found[1:]] == ["utc", "5s", "10s", "read committed"]


def begins(app) -> list[str]:
    """Every BEGIN that SQLite gets from now on."""
    from sqlalchemy import event

    said: list[str] = []
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def remember(_connection, _cursor, statement, *_: object) -> None:
        if statement.startswith("BEGIN"):
            said.append(statement)

    return said


@sqlite_only
@pytest.mark.parametrize(
    ("method", "expected"),
    [("GET", "BEGIN DEFERRED"), ("HEAD", "BEGIN DEFERRED"), ("POST", "BEGIN IMMEDIATE")],
)
def test_only_an_unsafe_request_takes_the_lock_for_writing(app, method, expected) -> None:
    @app.route("/trial/touch", methods=["GET", "POST"])
    def touch() -> str:
        return str(db.session.scalar(select(Ward.id)))

    touch.permission = "chart:read"  # type: ignore[attr-defined]
    from tests.core.browser import Browser

    browser = Browser(app, role="nurse")
    said = begins(app)

    response = browser.send(method, "/trial/touch")

    assert response.status_code == 200
    assert said == [expected]


@sqlite_only
def test_a_job_takes_the_lock_for_writing_and_apart_as_it_is_told(app) -> None:
    said = begins(app)

    with app.app_context(), act_as(HERE):
        with job():
            db.session.scalar(select(Ward.id))
        with apart() as session:
            session.scalar(select(Ward.id))
        with apart(write=False) as session:
            session.scalar(select(Ward.id))

    assert said == ["BEGIN IMMEDIATE", "BEGIN IMMEDIATE", "BEGIN DEFERRED"]


def test_an_open_reader_keeps_no_writer_waiting(app, work: Work) -> None:
    with app.app_context(), act_as(HERE), apart(write=False) as reader:
        before = reader.scalars(select(Ward.name)).all()
        with work(HERE):
            db.session.add(Ward(name="meanwhile"))
        again = reader.scalars(select(Ward.name)).all()

    assert before == ["mine"]
    assert set(again) <= {"mine", "meanwhile"}


def test_a_stream_keeps_no_writer_waiting(app, nurse, work: Work) -> None:
    written = []

    def write() -> None:
        with work(HERE):
            db.session.add(Ward(name=f"meanwhile {len(written)}"))
        written.append(1)

    def meanwhile() -> None:
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(4)

    app.extensions["trial.meanwhile"] = meanwhile

    response = nurse.get("/trial/stream")

    assert response.text.startswith("mine")
    assert written


def test_two_who_count_at_the_same_time_lose_nothing(app) -> None:
    """SQLite makes the second wait; on PostgreSQL the version tells it, and it tries again."""

    def count(_number: int) -> None:
        done = 0
        while done < 5:
            try:
                with app.app_context(), act_as(HERE), job():
                    ward = db.session.scalars(select(Ward)).one()
                    ward.name = f"{0 if ward.name == 'mine' else int(ward.name) + 1}"
                done += 1
            except StaleDataError:
                continue

    assert at_once(4, count) == []

    with app.app_context(), act_as(HERE):
        ward = db.session.scalars(select(Ward)).one()
        assert (ward.name, ward.version) == ("19", 21)


def overtaken(address: str) -> None:
    """Change the ward after somebody else's change."""
    ward = db.session.scalars(select(Ward)).one()
    ward.name = "too late"
    if address.startswith("sqlite"):
        # The lock keeps everybody else out, so the version moves under the same transaction.
        db.session.connection().exec_driver_sql("UPDATE trial_ward SET version = version + 1")
        return
    with intruder(address) as connection:
        connection.execute("UPDATE trial_ward SET version = version + 1")


def test_an_old_version_is_refused_where_it_is_written(work: Work, database_uri) -> None:
    with pytest.raises(StaleDataError), work(HERE):
        overtaken(database_uri)


def test_a_reference_to_nothing_is_refused(work: Work) -> None:
    with pytest.raises(IntegrityError), work(HERE):
        db.session.add(Bed(ward_id=HERE.actor_id, label="nowhere"))


@sqlite_only
def test_a_writer_who_waits_too_long_is_told(app, database_uri, monkeypatch) -> None:
    with app.app_context():
        db.engine.dispose()
    monkeypatch.setattr("clinic.core.db.engine.SQLITE_SETTINGS", ("busy_timeout=50",))

    with intruder(database_uri) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(OperationalError, match="locked"),
            app.app_context(),
            act_as(HERE),
            job(),
        ):
            db.session.add(Ward(name="waiting"))


@sqlite_only
def test_what_was_committed_is_in_the_file_at_once(work: Work, database_uri) -> None:
    with work(HERE):
        db.session.add(Ward(name="durable"))

    with sqlite3.connect(database_uri.removeprefix("sqlite:///")) as other:
        found = other.execute("SELECT count(*) FROM trial_ward WHERE name = 'durable'").fetchone()
    other.close()
    assert found == (1,)
