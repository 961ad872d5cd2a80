"""This file is about PostgreSQL's own programs: pg_dump and pg_restore, without a shell."""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import NamedTemporaryFile
from typing import IO, Any

from flask import current_app
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

OURS = ("--schema=public", "--no-owner", "--no-privileges")
TOLD = ("pg_dump: error:", "pg_restore: error:")


class ToolFailed(RuntimeError):
    """A program of PostgreSQL is missing, or could not do it."""


def run(name: str, url: URL, *arguments: str) -> None:
    """Run a program on a database. Its password is in no list of processes. Raises ToolFailed."""
    folder = current_app.config.get("POSTGRES_TOOLS")
    program = which(name, path=folder) if folder else which(name)
    if program is None:
        raise ToolFailed(f"{name} is missing: install PostgreSQL's client programs.")
    with NamedTemporaryFile("w", prefix="clinic-") as passwords:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with a list of arguments
            [program, f"--dbname={conninfo(url, passwords)}", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ToolFailed(f"{name}: {reason(done.stderr)}")


def conninfo(url: URL, passwords: IO[str]) -> str:
    """An address as libpq writes it, several hosts too; the password goes into a file."""
    said: dict[str, Any] = dict(url.get_dialect()().create_connect_args(url)[1])
    if password := said.pop("password", None):
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        passwords.write(f"*:*:*:*:{escaped}\n")
        passwords.flush()
        said["passfile"] = passwords.name
    return make_conninfo("", **said)


def reason(text: str) -> str:
    """What went wrong, without the rows that PostgreSQL may quote beside it."""
    lines = [line for line in text.splitlines() if line.startswith(TOLD)]
    return (lines[0] if lines else "it failed without a word").split("error:", 1)[-1].strip()[:200]


def dump(url: URL, file: Path, snapshot: str) -> None:
    """Everything as of a moment that another transaction holds."""
    how = ("--format=custom", "--compress=0")
    run("pg_dump", url, *OURS, *how, f"--snapshot={snapshot}", f"--file={file}")


def fill(url: URL, file: Path) -> None:
    """All of a dump into a database in which there is nothing yet, or nothing of it."""
    run("pg_restore", url, *OURS, "--exit-on-error", "--single-transaction", str(file))
