"""This file is about what every test may ask for: an application, a clock, a client, a browser."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic import create_app
from clinic.accounts.models import Clinic
from clinic.core.acting import Acting, act_as
from clinic.core.db import TransactionalFlask, db, job
from clinic.core.permissions import Role
from config import settings
from tests.clock import Clock
from tests.databases import (
    PostgresTemplate,
    Prepare,
    SqliteTemplate,
    make_tables,
    run_name,
    worker_name,
)
from tests.factories import CLINIC_ID, make_clinic, make_user
from tests.live_server import serving
from tests.made_once import CHEAP, KnownRule, MadeOnce
from tests.sign_in import sign_in

Template = SqliteTemplate | PostgresTemplate
Work = Callable[[Acting], AbstractContextManager[None]]


def pytest_collection_finish() -> None:
    """The collector need not look again and again at what lives as long as the run."""
    gc.collect()
    gc.freeze()


def configuration(database_uri: str, **environment: str) -> dict[str, Any]:
    """Settings as an operator would give them, for a test.

    Only hashing a password costs next to nothing; one test holds what it costs outside of tests.
    """
    given = {
        "CLINIC_DATABASE_URI": database_uri,
        "CLINIC_SECRET_KEY": "tests-only-0123456789-abcdefghijklmnop",
        "CLINIC_INSECURE_COOKIES": "1",
        "CLINIC_HOSTS": "localhost,127.0.0.1,clinic.example",
    }
    in_tests = {"TESTING": True, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP}
    return settings(given | environment) | in_tests


LONG = ("journeys", "durability", "outbox")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests stand first in the share of each worker: none is left for the end of a run."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return
    long = [item for item in items if item.path.parent.name in LONG]
    short = [item for item in items if item.path.parent.name not in LONG]
    each = -(-len(items) // workers)
    items.clear()
    for number in range(workers):
        share = long[number::workers]
        rest = each - len(share)
        items += share + short[:rest]
        del short[:rest]


@pytest.fixture(scope="session")
def templates() -> Iterator[dict[str, Template]]:
    """The templates made so far, by engine: PostgreSQL starts only when a test asks for it."""
    made: dict[str, Template] = {}
    yield made
    for template in made.values():
        template.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: both, one after the other.

    Only one of them: `@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)`.
    """
    name: str = request.param
    return name


@pytest.fixture
def template(
    engine_name: str,
    templates: dict[str, Template],
    prepare: Prepare,
    tmp_path_factory: pytest.TempPathFactory,
) -> Template:
    """The database with all tables that copies are made of."""
    if engine_name not in templates:
        templates[engine_name] = (
            SqliteTemplate(tmp_path_factory.mktemp("sqlite"), prepare)
            if engine_name == "sqlite"
            else PostgresTemplate(run_name(), worker_name(), prepare)
        )
    return templates[engine_name]


@pytest.fixture(scope="session")
def prepare() -> Prepare:
    """How an empty database gets its tables."""
    return lambda database_uri: make_tables(create_app(configuration(database_uri)))


@pytest.fixture
def database_uri(template: Template) -> Iterator[str]:
    """The address of a database of this test's own."""
    address = template.copy()
    yield address
    template.give_back(address)


@pytest.fixture
def spare_database_uri(template: Template) -> Iterator[str]:
    """One whose tables a test may change: it is thrown away afterwards."""
    address = template.new()
    yield address
    template.drop(address)


@pytest.fixture
def clock() -> Clock:
    """Thursday 12 March 2026, 09:00 UTC, until the test moves it."""
    return Clock()


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """What all the applications of the run share because it is the same in each."""
    TransactionalFlask.url_rule_class = KnownRule
    return MadeOnce(tmp_path_factory.mktemp("reached"))


@pytest.fixture
def app(database_uri: str, clock: Clock, made_once: MadeOnce) -> Iterator[Flask]:
    """The application on its own database, with the test's clock.

    No context is pushed, because a request would then share `g` and the session with the test:
    use `work`, or `app.app_context()`.
    """
    application = create_app(configuration(database_uri), clock=clock)
    made_once.lend(application, database_uri)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts; signed out."""
    return app.test_client()


@pytest.fixture
def work(app: Flask) -> Work:
    """`with work(somebody): ...` does it as somebody and commits at the end, or nothing of it."""

    @contextmanager
    def working(somebody: Acting) -> Iterator[None]:
        with app.app_context(), act_as(somebody), job():
            yield

    return working


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Role], FlaskClient]:
    """`signed_in(Role.NURSE)`: a browser without scripts in which such a person has signed in.

    Makes the clinic when it is not there, and the person.
    """

    def enter(role: Role) -> FlaskClient:
        with app.app_context(), job():
            clinic = db.session.get(Clinic, CLINIC_ID) or make_clinic()
            make_user(role=role, clinic=clinic)
        return sign_in(app.test_client(), f"{role}@clinic.example")

    return enter


@dataclass(frozen=True)
class LiveServer:
    """A server that a browser can reach."""

    url: str
    app: Flask


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The application behind a free port of this machine, with the test's clock and database."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # a page has 18 files, each asked for anew
    with serving(app) as url:
        yield LiveServer(url, app)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's Chromium, alone with our server: no updates, no sync, no first-run pages.

    The one without a window takes a third less of the processor than the whole program.
    """
    quiet = ("first-run", "default-browser-check", "sandbox")
    without = ("gpu", "quic", "background-networking", "component-update", "sync")
    return {
        "executable_path": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        "headless": True,
        "args": [f"--no-{name}" for name in quiet] + [f"--disable-{name}" for name in without],
    }


@pytest.fixture
def browser_context_args(live_server: LiveServer) -> dict[str, Any]:
    """Addresses are those of the live server; the screen is a tablet's."""
    return {
        "base_url": live_server.url,
        "viewport": {"width": 1180, "height": 820},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        # What a page keeps on the tablet is loaded by tests of that alone: it is 60 files.
        "service_workers": "block",
    }
