"""This file is about settings: a bad one stops the start with one sentence that says what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import DEMO_SECRET, BadSetting, settings

TOP = Path(__file__).parents[2]
GOOD = {
    "CLINIC_SECRET_KEY": "7f3a9c0e5b1d8264af90c3e7d1b5a86f",
    "CLINIC_DATABASE_URI": "sqlite:////var/lib/clinic/clinic.db",
    "CLINIC_HOSTS": "clinic.example",
}


def test_three_settings_are_enough_and_the_rest_is_safe() -> None:
    found = settings(GOOD)

    assert found["DEMO"] is False
    assert found["SECURE_COOKIES"] is True
    assert (found["IDLE_MINUTES"], found["ABSOLUTE_HOURS"], found["PROXY_HOPS"]) == (15, 12, 0)
    assert found["TRUSTED_HOSTS"] == ["clinic.example"]
    assert found["PROXIES"] == ["127.0.0.0/8", "::1/128"]
    assert found["MAX_CONTENT_LENGTH"] == 1_000_000


BAD_SECRETS = {
    "missing": "",
    "short": "7f3a9c0e5b1d8264af90c3e7d1b5a86",
    "one letter": "a" * 64,
    "few letters": "abcabcabc" * 8,
    "from a book": "changeme",
    "from a book, loud": "CHANGEME",
    "of the demo": DEMO_SECRET,
    "of the demo, loud": DEMO_SECRET.upper(),
    "of the demo with a tail": DEMO_SECRET + " ",
}


@pytest.mark.parametrize("secret", BAD_SECRETS)
def test_no_start_with_a_secret_that_is(secret: str) -> None:
    """A18: a known secret."""
    with pytest.raises(BadSetting, match=r"^CLINIC_SECRET_KEY is .*secrets\.token_hex"):
        settings(GOOD | {"CLINIC_SECRET_KEY": BAD_SECRETS[secret]})


def test_a_secret_of_digits_stays_text() -> None:
    digits = "12345678901234567890123456789012"

    assert settings(GOOD | {"CLINIC_SECRET_KEY": digits})["SECRET_KEY"] == digits


def test_the_demos_secret_serves_the_demo_alone() -> None:
    """A18: a known secret."""
    demo = GOOD | {"CLINIC_SECRET_KEY": DEMO_SECRET, "CLINIC_DEMO": "1"}

    assert settings(demo)["SECRET_KEY"] == DEMO_SECRET
    for not_demo in ("", "0", "true", "yes"):
        with pytest.raises(BadSetting):
            settings(demo | {"CLINIC_DEMO": not_demo})


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p@localhost/clinic", "postgresql+psycopg://u:p@localhost/clinic"),
        ("postgres://127.0.0.1/clinic", "postgresql+psycopg://127.0.0.1/clinic"),
        ("postgresql+psycopg:///clinic", "postgresql+psycopg:///clinic"),
        ("sqlite:////srv/clinic.db", "sqlite:////srv/clinic.db"),
        (
            "postgresql://u:p@127.0.0.1:1,[::1]:2/c?target_session_attrs=any",
            "postgresql+psycopg://u:p@/c?host=127.0.0.1:1&host=[::1]:2&target_session_attrs=any",
        ),
    ],
)
def test_databases_are_reached_by_their_drivers(given: str, used: str) -> None:
    assert settings(GOOD | {"CLINIC_DATABASE_URI": given})["SQLALCHEMY_DATABASE_URI"] == used


@pytest.mark.parametrize(
    "uri", ["", "mysql://db/clinic", "sqlite://", "clinic.db", "sqlite:///", "sqlite:///:memory:"]
)
def test_no_start_without_a_database_that_keeps_things(uri: str) -> None:
    with pytest.raises(BadSetting, match="CLINIC_DATABASE_URI"):
        settings(GOOD | {"CLINIC_DATABASE_URI": uri})


AT_HOME = ["", "localhost", "127.0.0.1:5433", "u:p%40x@localhost", "[::1]:5432", "%2Frun%2Fpg"]
ELSEWHERE = ["db", "10.0.0.5:5432", "u:p@db.example", "localhost,db", "localhost@db", "[fe80::2]"]
BY_QUERY = [
    "host=db",
    "host=/run/pg&host=db:5432",
    "host=localhost,db",
    "hostaddr=10.0.0.5",
    "service=s",
]


@pytest.mark.parametrize("place", AT_HOME)
def test_a_database_on_this_machine_needs_no_tls(place: str) -> None:
    for said in (f"{place}/clinic", "/clinic?host=/run/postgresql"):
        used = settings(GOOD | {"CLINIC_DATABASE_URI": f"postgresql://{said}"})

        assert used["SQLALCHEMY_DATABASE_URI"] == f"postgresql+psycopg://{said}"


@pytest.mark.parametrize(
    "address", [*ELSEWHERE, *[f"/x?{how}" for how in BY_QUERY], "/x?service=s"]
)
def test_no_start_with_a_database_elsewhere_that_is_not_reached_by_tls(address: str) -> None:
    uri = f"postgresql://{address}" if "?" in address else f"postgresql://{address}/clinic?"

    for weak in ("", "&sslmode=disable", "&sslmode=allow", "&sslmode=prefer", "&sslmode="):
        with pytest.raises(BadSetting, match=r"names another machine: add \?sslmode=verify-full"):
            settings(GOOD | {"CLINIC_DATABASE_URI": uri + weak})
    for strong in ("require", "verify-ca", "verify-full"):
        settings(GOOD | {"CLINIC_DATABASE_URI": f"{uri}&sslmode={strong}"})


def test_the_variables_of_the_database_driver_lead_nowhere_else_unencrypted() -> None:
    plain = GOOD | {"CLINIC_DATABASE_URI": "postgresql:///clinic"}

    for name, value in {"PGHOST": "db", "PGHOSTADDR": "10.0.0.5", "PGSERVICE": "far"}.items():
        with pytest.raises(BadSetting, match="names another machine"):
            settings(plain | {name: value})
    settings(plain | {"PGHOST": "db", "PGSSLMODE": "verify-full"})


@pytest.mark.parametrize(
    "minutes", ["0", "-1", "1441", "1e3", "15.5", "１５", "x", " 15", "9" * 30]
)
def test_no_start_with_an_idle_limit_that_is_none(minutes: str) -> None:
    with pytest.raises(BadSetting, match="CLINIC_IDLE_MINUTES must be a whole number between 1"):
        settings(GOOD | {"CLINIC_IDLE_MINUTES": minutes})


def test_names_of_the_server_are_separated_by_commas() -> None:
    found = settings(GOOD | {"CLINIC_HOSTS": " clinic.example , 10.0.0.5:8000,"})

    assert found["TRUSTED_HOSTS"] == ["clinic.example", "10.0.0.5:8000"]


def test_a23_no_start_while_any_name_of_the_server_is_believed_but_in_the_demo() -> None:
    for open_to_all in ("", " , ", "*", ".", ".example", "clinic.example, *", "a b", "évil"):
        with pytest.raises(BadSetting, match="CLINIC_HOSTS"):
            settings(GOOD | {"CLINIC_HOSTS": open_to_all})

    assert settings(GOOD | {"CLINIC_HOSTS": "", "CLINIC_DEMO": "1"})["TRUSTED_HOSTS"] is None


def test_proxies_are_addresses_and_never_everybody() -> None:
    found = settings(GOOD | {"CLINIC_PROXIES": "10.0.0.2, 10.1.0.0/24,::1"})

    assert found["PROXIES"] == ["10.0.0.2/32", "10.1.0.0/24", "::1/128"]
    for wrong in ("proxy.example", "10.0.0.2/8", "0.0.0.0/0", "::/0", "10.0.0"):
        with pytest.raises(BadSetting, match="CLINIC_PROXIES must"):
            settings(GOOD | {"CLINIC_PROXIES": wrong})


def test_the_folder_for_a_day_without_power_is_a_whole_path_or_none() -> None:
    assert settings(GOOD)["DOWNTIME_FOLDER"] is None
    chosen = settings(GOOD | {"CLINIC_DOWNTIME_FOLDER": " /srv/clinic-paper "})
    assert chosen["DOWNTIME_FOLDER"] == "/srv/clinic-paper"
    with pytest.raises(BadSetting, match="must be a whole path"):
        settings(GOOD | {"CLINIC_DOWNTIME_FOLDER": "clinic-paper"})


def test_a_role_for_backups_and_a_word_for_measurements_are_as_safe_as_the_rest() -> None:
    backup = "CLINIC_BACKUP_DATABASE_URI"

    assert settings(GOOD)["BACKUP_DATABASE_URI"] is None
    with pytest.raises(BadSetting, match=f"{backup} names another machine"):
        settings(GOOD | {backup: "postgresql://backup@db/clinic"})
    with pytest.raises(BadSetting, match="CLINIC_METRICS_TOKEN must have 32"):
        settings(GOOD | {"CLINIC_METRICS_TOKEN": "short"})


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program as an operator does."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("CLINIC_")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command],
        cwd=TOP,
        env=plain | {"FLASK_APP": "wsgi"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_operator_reads_one_sentence_and_the_shell_an_exit_code() -> None:
    started = start("flask", "routes", **GOOD | {"CLINIC_SECRET_KEY": "short"})

    assert started.returncode == 1
    assert started.stderr.startswith("CLINIC_SECRET_KEY is too short or too simple. Make one with")
    assert len(started.stderr.splitlines()) == 1
    assert "Traceback" not in started.stdout + started.stderr


def test_the_list_of_routes_can_be_read_by_programs(tmp_path) -> None:
    database = f"sqlite:///{tmp_path}/never-made.db"

    started = start("flask", "permissions", "--json", **GOOD | {"CLINIC_DATABASE_URI": database})

    assert started.returncode == 0, started.stderr
    rows = json.loads(started.stdout)
    assert {
        "rule": "/healthz",
        "methods": ["GET"],
        "endpoint": "core.healthz",
        "permission": "public",
    } in rows
    assert all(row["permission"] for row in rows)
    assert [row["rule"] for row in rows] == sorted(row["rule"] for row in rows)
    assert not (tmp_path / "never-made.db").exists()
