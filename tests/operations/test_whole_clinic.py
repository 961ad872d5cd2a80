"""A whole clinic goes into a file, and out of it into an empty installation: nothing is lost."""

import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from clinic import create_app
from clinic.accounts.models import User
from clinic.core.acting import Acting, act_as
from clinic.core.audit import AuditEvent
from clinic.core.db import Base, apart, db, job
from clinic.core.permissions import Role
from clinic.core.rotation import encrypted_columns
from clinic.core.tenancy import naming
from clinic.core.verify import Chain, verify
from clinic.operations.actions import NotEmpty, load, take
from clinic.operations.queries import LEFT_OUT, SECRETS, schema
from clinic.operations.rules import Unreadable
from clinic.sessions.models import TreatmentSession
from tests.clock import Clock
from tests.conftest import configuration
from tests.databases import whole
from tests.desk import somebody, stranger
from tests.factories import OTHER_CLINIC_ID, make_user
from tests.reached_once import reach
from tests.reports.planted import plant
from tests.review.house import furnish

__all__ = ["somebody", "stranger"]

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WORD, THEIRS = "Zephyrine", "Ottoline"
WHOSE = {"clinic": "id", "clinic_head": "id", "audit_event": "chain_id"}


@pytest.fixture
def furnished(app: Flask, somebody: Acting, stranger: Acting, clock: Clock) -> Acting:
    """Two clinics with something in every room, and a signed session in the first."""

    def fill() -> None:
        furnish(app, stranger, THEIRS)
        found = furnish(app, somebody, WORD)
        clock.now += timedelta(days=10)
        with app.app_context(), act_as(somebody), job():
            plant(found["course_id"])
            db.session.query(TreatmentSession).one().locked_at = clock.now

    reach(app, "two furnished clinics", fill)
    return somebody


@pytest.fixture
def elsewhere(spare_database_uri: str, clock: Clock) -> Iterator[Flask]:
    """An installation in which there is nobody yet; it has a secret of its own."""
    own = {"CLINIC_SECRET_KEY": "another-0123456789-abcdefghijklmnopqr"}
    other = create_app(configuration(spare_database_uri, **own), clock=clock)
    yield other
    with other.app_context():
        db.engine.dispose()


def taken(app: Flask, somebody: Acting) -> io.BytesIO:
    """The file of a clinic."""
    file = io.BytesIO()
    with app.app_context(), act_as(somebody):
        take(file, "Moving house")
    return file


def rows_of(app: Flask, clinic_id: uuid.UUID) -> dict[str, list[str]]:
    """Every row that is the clinic's, as another query than ours finds it."""
    found = {}
    with whole(app) as connection:
        for name, table in Base.metadata.tables.items():
            column = WHOSE.get(name, "clinic_id")
            if column in table.c and name not in LEFT_OUT:
                rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings()
                hers = (row for row in rows if uuid.UUID(str(row[column])) == clinic_id)
                found[name] = sorted(str(in_clear(app, name, row)) for row in hers)
    return found


def in_clear(app: Flask, table: str, row: Any) -> list[tuple[str, Any]]:
    """A row with its closed values open, and without the marks by which they are looked up."""
    ring, closed = app.extensions["clinic.keys"], encrypted_columns(Base.metadata.tables[table])
    opened = {name: ring.open(row[name], f"{table}.{name}") for name in closed if row[name]}
    return sorted((dict(row) | opened | {name: "" for name in row if "_mark" in name}).items())


def test_a_clinic_is_the_same_in_an_empty_installation(app, furnished, elsewhere) -> None:
    file = taken(app, furnished)
    before = rows_of(app, furnished.clinic_id)

    with elsewhere.app_context():
        manifest = load(file)

    after = rows_of(elsewhere, furnished.clinic_id)
    trail, came = before.pop("audit_event"), after.pop("audit_event")
    assert set(trail) < set(came)
    assert len(came) == len(trail) + 1
    assert before.pop("clinic_head") != after.pop("clinic_head")
    assert after == before
    assert manifest.tables["entry"]["rows"] == len(before["entry"]) > 5
    assert sum(1 for rows in before.values() if rows) > 40


def test_its_trail_holds_and_goes_on_in_the_new_place(app, furnished, elsewhere) -> None:
    file = taken(app, furnished)

    with elsewhere.app_context():
        load(file)
        with apart(write=False) as session:
            [found] = verify(session.connection())
    with whole(elsewhere) as database:
        last = select(AuditEvent.body).order_by(AuditEvent.seq.desc()).limit(1)
        event = json.loads(str(database.scalar(last)))

    assert isinstance(found, Chain)
    assert found.chain_id == furnished.clinic_id
    assert event["action"] == "import-clinic"


def test_what_was_written_once_cannot_be_changed_in_the_new_place_either(
    app, furnished, elsewhere
) -> None:
    file = taken(app, furnished)

    with elsewhere.app_context():
        load(file)
        for change in (
            "UPDATE audit_event SET action = 'open'",
            "UPDATE entry SET heart_rate = 1",
            "DELETE FROM document_version",
            "UPDATE treatment_session SET room = '9'",
        ):
            named = naming(furnished.clinic_id)
            with named, db.engine.connect() as connection, pytest.raises(DatabaseError):
                connection.execute(text(change))


@sqlite_only
def test_nobody_can_be_signed_in_by_what_is_in_the_file(app, furnished, elsewhere) -> None:
    file = taken(app, furnished)
    with elsewhere.app_context():
        load(file)
        people = db.session.query(User).all()

    with zipfile.ZipFile(file) as archive:
        users = [json.loads(line) for line in archive.read("data/user.ndjson").splitlines()]
    assert {"password", "tf_totp_secret", "pin_hash"} & users[0].keys() == set()
    assert {one["email"] for one in users} == {one.email for one in people}
    with app.app_context():
        kept = {one.password for one in db.session.query(User)}
    assert kept & {one.password for one in people} == set()


@sqlite_only
def test_nothing_of_another_clinic_is_in_the_file(app, furnished) -> None:
    with zipfile.ZipFile(taken(app, furnished)) as archive:
        everything = "".join(archive.read(name).decode() for name in archive.namelist())

    assert WORD in everything
    assert THEIRS not in everything
    assert str(OTHER_CLINIC_ID) not in everything


@sqlite_only
def test_a_file_is_loaded_into_an_empty_installation_alone(app, furnished, stranger) -> None:
    file = taken(app, furnished)

    with app.app_context(), pytest.raises(NotEmpty, match="There is a clinic here already"):
        load(file)


def changed(file: io.BytesIO, name: str, change: Callable[[bytes], bytes]) -> io.BytesIO:
    """The same file with one part of it changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return made


@sqlite_only
@pytest.mark.parametrize(
    "case",
    [
        ("data/patient.ndjson", b"Zephyrine", b"Somebody.", "rows of patient are not as they"),
        ("schema.json", b'"heart_rate"', b'"pulse"', "another version of the program"),
        ("manifest.json", b"clinic-whole-1", b"clinic-whole-9", "no file of a whole clinic"),
        ("manifest.json", b'"hash": "', b'"hash": "0', "trail does not end where"),
    ],
)
def test_a_changed_file_is_refused_and_nothing_of_it_stays(app, furnished, elsewhere, case) -> None:
    name, old, new, says = case
    file = changed(taken(app, furnished), name, lambda content: content.replace(old, new))

    with elsewhere.app_context():
        with pytest.raises(Unreadable, match=says):
            load(file)
        assert db.session.query(User).count() == 0


@sqlite_only
def test_a_trail_that_was_changed_with_its_checksum_is_refused(app, furnished, elsewhere) -> None:
    file = taken(app, furnished)
    with zipfile.ZipFile(file) as archive:
        lines = archive.read("data/audit_event.ndjson").replace(b"Moving house", b"Housekeeping")
    forged = changed(file, "data/audit_event.ndjson", lambda _content: lines)
    digest = hashlib.sha256(lines).hexdigest()

    def resealed(content: bytes) -> bytes:
        tree = json.loads(content)
        tree["tables"]["audit_event"]["sha256"] = digest
        return json.dumps(tree).encode()

    with elsewhere.app_context(), pytest.raises(Unreadable, match="trail is broken at event"):
        load(changed(forged, "manifest.json", resealed))


def test_every_table_leaves_or_is_named_as_one_that_stays() -> None:
    described = schema()

    assert described.keys() | LEFT_OUT.keys() == Base.metadata.tables.keys()
    assert described.keys() & LEFT_OUT.keys() == set()
    assert all(table["about"] for table in described.values())
    everything = {(t.name, c.name) for t in Base.metadata.tables.values() for c in t.columns}
    leaves = {(name, c["name"]) for name, table in described.items() for c in table["columns"]}
    stays = {(name, column) for name, columns in SECRETS.items() for column in columns}
    assert leaves | stays == {pair for pair in everything if pair[0] not in LEFT_OUT}


@sqlite_only
def test_the_operator_takes_it_and_loads_it_from_the_terminal(
    app, furnished, elsewhere, tmp_path
) -> None:
    with app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR)
    who = ("--by", "administrator@clinic.example", "--purpose", "Moving house")
    asked = ["clinic", "export", str(tmp_path / "harbour.zip"), "--clinic", "harbour", *who]

    out = app.test_cli_runner().invoke(args=asked)
    again = app.test_cli_runner().invoke(args=asked)
    into = elsewhere.test_cli_runner().invoke(args=["clinic", "import", asked[2]])

    assert out.exit_code == 0, out.output
    assert (tmp_path / "harbour.zip").stat().st_mode & 0o077 == 0
    assert "is there already" in again.output
    assert into.exit_code == 0, into.output
    assert into.output.startswith("harbour: ")


@sqlite_only
def test_a_nurse_may_not_take_a_clinic(app, furnished, tmp_path) -> None:
    who = ("--by", "harbour@clinic.example", "--purpose", "Moving house")
    asked = ["clinic", "export", str(tmp_path / "harbour.zip"), "--clinic", "harbour", *who]

    refused = app.test_cli_runner().invoke(args=asked)

    assert refused.exit_code == 1
    assert "may not take data with names" in refused.output
    assert not (tmp_path / "harbour.zip").exists()


@sqlite_only
def test_a_file_that_was_not_finished_does_not_stay(app, furnished, tmp_path, monkeypatch) -> None:
    def broken(_file: object, _purpose: str) -> None:
        raise OSError("no space left")

    with app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR)
    monkeypatch.setattr("clinic.operations.actions.take", broken)
    who = ("--by", "administrator@clinic.example", "--purpose", "Moving house")
    asked = ["clinic", "export", str(tmp_path / "harbour.zip"), "--clinic", "harbour", *who]

    out = app.test_cli_runner().invoke(args=asked)

    assert isinstance(out.exception, OSError)
    assert not (tmp_path / "harbour.zip").exists()
