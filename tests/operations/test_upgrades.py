"""An upgrade is tried on a copy: what it would do is said, and the database stays as it is."""

import pytest
from flask_migrate import downgrade, upgrade

from clinic import create_app
from clinic.core.db import db, job
from clinic.operations.queries.contents import newest_revision
from clinic.operations.rules.backups import Contents, lost_rows
from tests.conftest import configuration
from tests.core.raw import intruder
from tests.factories import make_clinic
from tests.operations.test_backups import with_backups

BEFORE = "0022"


@pytest.fixture
def older(template, tmp_path):
    """An installation of an older version, with a clinic."""
    address = template.blank()
    app = with_backups(create_app(configuration(address)), tmp_path)
    with app.app_context():
        upgrade()
        with job():
            make_clinic()
        downgrade(revision=BEFORE)
        db.engine.dispose()
    yield app
    with app.app_context():
        db.engine.dispose()
    template.drop(address)


def rehearsed(app):
    return app.test_cli_runner().invoke(args=["upgrade", "rehearse"])


def test_a_rehearsal_says_what_an_upgrade_would_do_and_changes_nothing(older) -> None:
    told = rehearsed(older)

    assert told.exit_code == 0, told.output
    with older.app_context():
        assert f"revision {BEFORE} -> {newest_revision()} in " in told.output
    assert "events of the trail hold" in told.output
    with intruder(older.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        [(revision,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert revision == BEFORE


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_rehearsal_names_a_trail_that_does_not_hold(older) -> None:
    with intruder(older.config["SQLALCHEMY_DATABASE_URI"], triggers=False) as connection:
        connection.execute("UPDATE audit_event SET body = body || ' '")

    told = rehearsed(older)

    assert told.exit_code == 1
    assert "WRONG: event 1: " in told.output


def test_rows_that_would_go_are_named_and_new_ones_are_not() -> None:
    before = Contents("sqlite", "1", {"entry": 5, "old": 2, "empty": 0, "clinic": 1}, {})
    after = Contents("sqlite", "2", {"entry": 4, "clinic": 1, "new": 9}, {})

    assert list(lost_rows(before, after)) == [
        "entry would have 4 rows, not 5",
        "old would go, with 2 rows",
    ]
