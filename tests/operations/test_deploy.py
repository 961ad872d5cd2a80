"""What lies in deploy/ can be read by what reads it, and names what is there."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from config import settings
from tests.architecture.tree import ROOT
from tests.core.conftest import sqlite_only

DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
NGINX = (DEPLOY / "nginx" / "clinic.conf").read_text()
CADDY = (DEPLOY / "caddy" / "Caddyfile").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
FLASKS = ("db", "routes", "run", "shell")  # commands that come with the framework
CONFIG = (ROOT / "config.py").read_text()


class Unit(ConfigParser):
    """A unit of systemd: keys keep their spelling, and may come again."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",))
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read_string(path.read_text())


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_runs_as_its_own_user_and_may_write_nowhere_else(path) -> None:
    service = Unit(path)["Service"]

    assert service["User"] == "clinic"
    assert service["EnvironmentFile"] == "/etc/clinic/clinic.env"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


@sqlite_only
def test_every_command_of_a_service_is_one_of_the_program(app) -> None:
    named = [
        found.split()
        for path in SERVICES
        for found in re.findall(r"^ExecStart=\S+/flask (.+)$", path.read_text(), re.M)
    ]

    for words in named:
        asked = app.test_cli_runner().invoke(args=[*words, "--help"])
        assert asked.exit_code == 0, words
    assert {words[0] for words in named} == {"audit", "backup", "doctor", "tick", "worker"}


@sqlite_only
def test_every_command_of_the_guide_is_one_of_the_program_and_none_is_left_out(app) -> None:
    named = {
        tuple(words.split())
        for words in re.findall(r"`flask ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", OPERATIONS)
    }
    own = {name: command for name, command in app.cli.commands.items() if name not in FLASKS}

    assert {words[0] for words in named} == {*own, "db"} - {"bench"}
    for group, *command in named - {("db", "upgrade"), ("db", "downgrade")}:
        for name in command:
            assert name in own[group].commands, (group, name)


def test_every_timer_has_its_service_and_says_when() -> None:
    for path in TIMERS:
        assert path.with_suffix(".service") in SERVICES
        assert Unit(path)["Timer"]["OnCalendar"]
        assert Unit(path)["Install"]["WantedBy"] == "timers.target"
    assert [path.stem for path in TIMERS] == ["clinic-backup", "clinic-check", "clinic-tick"]


def test_the_units_are_read_by_systemd_where_it_is(tmp_path) -> None:
    for path in [*SERVICES, *TIMERS]:
        # The program is not installed where the tests run.
        text = re.sub(r"/srv/clinic/\.venv/bin/\w+", "/bin/true", path.read_text())
        (tmp_path / path.name).write_text(text)
    program = shutil.which("systemd-analyze") or "true"

    units = [str(path) for path in sorted(tmp_path.iterdir())]
    read = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)

    assert "Unknown key" not in read.stderr
    assert "Failed to parse" not in read.stderr


def test_what_stands_before_the_program_logs_no_address_and_believes_no_browser() -> None:
    assert "access_log off;" in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in NGINX
    assert "exclude http.log.access http.log.error" in CADDY
    assert set(re.findall(r"127\.0\.0\.1:\d+", NGINX + CADDY)) == {"127.0.0.1:8000"}
    for page in ("/metrics", "/readyz"):
        assert f"location = {page} {{ return 404; }}" in NGINX
        assert page in CADDY


def test_their_brackets_close() -> None:
    for text in (NGINX, CADDY):
        bare = re.sub(r"#.*", "", text)
        assert bare.count("{") == bare.count("}")


def test_the_settings_of_the_example_start_the_program() -> None:
    lines = (DEPLOY / "clinic.env.example").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    offered = set(re.findall(r"^#?(CLINIC_\w+)=", "\n".join(lines), re.M))

    found = settings(said | {"CLINIC_SECRET_KEY": "0123456789abcdefghijklmnopqrstuv"})

    assert found["SECURE_COOKIES"]
    assert found["TRUSTED_HOSTS"] == ["clinic.lan"]
    assert {name for name in offered if f'"{name}"' not in CONFIG} == set()


def test_a_shell_reads_every_setting_of_the_example_as_systemd_does() -> None:
    """Commands are run from a shell that reads the file; `&` would drop the TLS of an address."""
    text = re.sub("^#(?=CLINIC_)", "", (DEPLOY / "clinic.env.example").read_text(), flags=re.M)
    said = dict(re.findall(r"^(CLINIC_\w+)='?(.*?)'?$", text, re.M))

    script = f"set -a\n{text}\nenv -0"
    run = subprocess.run(["/bin/sh", "-ec", script], capture_output=True, text=True, check=True)

    read = dict(one.split("=", 1) for one in run.stdout.split("\0") if one)
    assert {name: read.get(name) for name in said} == said
    assert "sslmode=verify-full" in read["CLINIC_DATABASE_URI"]


def test_the_example_of_several_servers_is_read_as_such() -> None:
    [line] = re.findall(
        r"^#CLINIC_DATABASE_URI='(.+)'$", (DEPLOY / "clinic.env.example").read_text(), re.M
    )
    given = {"CLINIC_SECRET_KEY": "0123456789abcdefghijklmnopqrstuv", "CLINIC_HOSTS": "clinic.lan"}

    uri = settings(given | {"CLINIC_DATABASE_URI": line})["SQLALCHEMY_DATABASE_URI"]

    assert "host=db1.clinic.lan:5432&host=db2.clinic.lan:5432" in uri


def test_the_script_of_the_standby_says_how_it_is_used() -> None:
    script = DEPLOY / "postgresql" / "standby.sh"

    asked = subprocess.run([script], capture_output=True, text=True, check=False)

    assert asked.returncode == 2
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    for word in ("primary", "standby", "synchronous", "alone", "promote", "state", "pair", "stop"):
        assert f"standby.sh {word}" in asked.stdout
