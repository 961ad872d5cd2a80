"""How the installation stands is said to administrators, to the operator, and to programs."""

from datetime import timedelta

import pytest

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.permissions import Role
from tests.core.raw import intruder
from tests.desk import desk, somebody
from tests.factories import make_user
from tests.operations.test_backups import run, with_backups

__all__ = ["desk", "somebody"]

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def administrator(desk):
    """The desk of an administrator."""
    desk.role = Role.ADMINISTRATOR
    return desk


def test_the_page_says_of_each_thing_how_it_stands_and_what_to_do(administrator) -> None:
    page = administrator.get("/server")

    assert page.status_code == 200
    words = "Database", "Tables", "Disk of", "Backup", "Clock", "Messages", "Trail", "Keys"
    assert all(f'scope="row">{word}' in page.text for word in words)
    assert "Set CLINIC_BACKUP_FOLDER and CLINIC_BACKUP_KEY." in page.text


@sqlite_only
def test_a_backup_is_never_verified_on_the_page_until_it_was(app, administrator, tmp_path) -> None:
    with_backups(app, tmp_path)
    run(app, "create")
    before = administrator.get("/server").text
    run(app, "verify")
    after = administrator.get("/server").text

    assert "was never verified" in before
    assert "and was verified:" in after


@sqlite_only
def test_a_clock_that_was_set_back_is_named(administrator, clock) -> None:
    administrator.get("/server")
    with administrator.app.app_context(), act_as(administrator.somebody), job():
        make_user(role=Role.NURSE)
    clock.now -= timedelta(hours=1)

    assert "It is 60 minutes behind" in administrator.get("/server").text


def test_it_is_ready_when_its_tables_are_those_of_this_version(app, client) -> None:
    answer = client.get("/readyz")

    assert answer.get_json() == {"status": "ready", "away": []}
    assert "Set-Cookie" not in answer.headers


def test_it_is_not_ready_with_tables_of_an_older_version(app, client, database_uri) -> None:
    with intruder(database_uri) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        if "postgresql" in database_uri:
            connection.execute("GRANT SELECT ON alembic_version TO PUBLIC")
    try:
        answer = client.get("/readyz")
    finally:
        with intruder(database_uri) as connection:
            connection.execute("DROP TABLE alembic_version")

    assert answer.status_code == 503
    assert answer.get_json() == {"status": "not ready", "away": ["tables"]}


def test_the_doctor_says_the_same_at_the_terminal_and_ends_with_1(app, somebody) -> None:
    told = app.test_cli_runner().invoke(args=["doctor"])

    assert told.exit_code == 1, told.output
    assert "BAD   Backup: There is none." in told.output
    assert "good  Whole trail: " in told.output
    assert "Trail of harbour" in told.output
    assert "Traceback" not in told.output


@sqlite_only
def test_the_doctor_names_a_broken_trail(app, somebody) -> None:
    with intruder(app.config["SQLALCHEMY_DATABASE_URI"], triggers=False) as connection:
        connection.execute("UPDATE audit_event SET body = body || ' '")

    told = app.test_cli_runner().invoke(args=["doctor"])

    assert "BAD   Whole trail: BROKEN" in told.output


@sqlite_only
def test_the_doctor_says_so_when_there_is_no_database(app, tmp_path) -> None:
    with intruder(app.config["SQLALCHEMY_DATABASE_URI"], triggers=False) as connection:
        connection.execute("DROP TABLE clinic")

    told = app.test_cli_runner().invoke(args=["doctor"])

    assert told.exit_code == 1
    assert "BAD   Database: It does not answer" in told.output


@sqlite_only
def test_prometheus_reads_counters_and_states_with_the_token_alone(app, client) -> None:
    without = client.get("/metrics")
    app.config["METRICS_TOKEN"] = "a-token-of-the-operator-0123456789"
    wrong = client.get("/metrics", headers={"Authorization": "Bearer another"})
    right = {"Authorization": "Bearer a-token-of-the-operator-0123456789"}
    client.get("/healthz")
    told = client.get("/metrics", headers=right)

    assert (without.status_code, wrong.status_code, told.status_code) == (404, 404, 200)
    assert 'clinic_requests_total{endpoint="core.healthz",method="GET",status="200"}' in told.text
    assert 'clinic_state{what="Backup"} 2' in told.text
    assert "harbour" not in told.text
    assert "Set-Cookie" not in told.headers
