"""This file is about `flask bench`: a long export beside a raw dump, a long trail walked."""

import os
import shutil
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup
from sqlalchemy import select

from clinic.accounts.models import Clinic, Membership
from clinic.bench import actions
from clinic.bench.rules import Measured, Timed
from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import apart, db, job
from clinic.core.permissions import Role
from clinic.demo.actions import load_demo
from clinic.demo.commands import refuse_beside_real_records
from clinic.demo.rules.cast import CLINICS
from clinic.reports.actions import order_export
from clinic.reports.models import ExportJob
from clinic.reports.rules.ordering import Order
from clinic.reports.rules.period import Period

bench = AppGroup("bench", help="Measurements, on a database that holds nothing real.")
YEARS = timedelta(days=3650)
COLUMNS = (
    "id, session_id, patient_id, effective_at, recorded_at, author_id, systolic, diastolic,"
    " heart_rate, respiratory_rate, spo2, oxygen_l_min, temperature, moaas, dissociation, detail"
)
DUMP = f"SELECT {COLUMNS} FROM entry WHERE kind = 'observation' AND clinic_id = '{{clinic}}'"  # noqa: S608


@bench.command("export")
@click.option("--observations", type=click.IntRange(100, 5_000_000), default=1_000_000)
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv")
@click.option("--identified", is_flag=True, help="As recorded; otherwise through the mask.")
def export(observations: int, form: str, *, identified: bool) -> None:
    """Fill the database, have `flask worker` export it, and dump the same rows without us."""
    refuse_beside_real_records()
    somebody = administrator()
    with act_as(somebody):
        actions.fill(observations, click.echo)
        with job():
            period = Period(clock.today() - YEARS, clock.today())
            order = Order(("observations",), period, identified=identified, format=form)
            job_id = order_export(order, "Measurement").id
        expected = actions.count_observations()
    seconds, peak = watched("worker", "--once")
    name, floor = dumped(somebody.clinic_id)
    with act_as(somebody):
        found = Measured(expected, Timed(rows_of(job_id), seconds), floor, name, peak)
    click.echo("\n".join(found.lines()))
    sys.exit(0 if found.whole else 1)


@bench.command("trail")
@click.option("--events", type=click.IntRange(1000, 5_000_000), default=1_000_000)
def trail(events: int) -> None:
    """Fill a trail, then have `flask audit verify` walk it and compare what it tells of."""
    refuse_beside_real_records()
    with act_as(administrator()):
        actions.fill_trail(events, click.echo)
    for name, more in (("chain alone", ["--chain-only"]), ("with records", [])):
        seconds, peak = watched("audit", "verify", *more)
        pace = f"{Timed(events, seconds).rate:,.0f} events/s"
        click.echo(f"{name:<14} {seconds:>8.1f} s {pace:>20} {peak / 2**20:>8.0f} MiB at most")


def administrator() -> Acting:
    """Who orders the export; the demonstration is loaded when nobody is there."""
    with apart(write=False) as session:
        people = (
            select(Membership.user_id, Clinic.id, Clinic.timezone)
            .join(Clinic, Clinic.id == Membership.clinic_id)
            .where(Clinic.code == CLINICS[0].code, Membership.role == Role.ADMINISTRATOR)
        )
        found = session.execute(people).first()
    if found is not None:
        return Acting(found[0], found[1], ZoneInfo(found[2]))
    load_demo(1, click.echo)
    return administrator()


def watched(*command: str) -> tuple[float, int]:
    """A command as an operator starts it: seconds, and the most bytes it held."""
    began = time.monotonic()
    started = subprocess.Popen([sys.executable, "-m", "flask", *command])  # noqa: S603
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise click.ClickException(f"{command[0]} failed; its message is above.")
    return time.monotonic() - began, usage.ru_maxrss * 1024


def rows_of(job_id: uuid.UUID) -> int:
    """How many rows the worker says it wrote, checked against the file that is there."""
    with apart(write=False) as session:
        made = session.scalars(select(ExportJob).where(ExportJob.id == job_id)).one()
    if made.sha256 is None or made.rows is None:
        raise click.ClickException(f"There is no file: {made.fault}")
    return made.rows


def dumped(clinic_id: uuid.UUID) -> tuple[str, Timed]:
    """The same rows by the database's own means: `COPY`, or the shell of SQLite."""
    url = db.engine.url
    with TemporaryDirectory() as folder:
        file = Path(folder, "floor.csv")
        began = time.monotonic()
        if url.get_backend_name() == "sqlite":
            name = "sqlite3 shell"
            shell(str(url.database), DUMP.format(clinic=clinic_id.hex), file)
        else:
            name = "COPY"
            copy(DUMP.format(clinic=clinic_id), file)
        seconds = time.monotonic() - began
        with file.open("rb") as lines:
            return name, Timed(sum(1 for _ in lines), seconds)


def shell(database: str, question: str, file: Path) -> None:
    """What `sqlite3 -csv` writes."""
    program = shutil.which("sqlite3")
    if program is None:
        raise click.ClickException("Install sqlite3: sudo apt-get install sqlite3")
    with file.open("wb") as out:
        subprocess.run([program, "-csv", "-readonly", database, question], stdout=out, check=True)  # noqa: S603


def copy(question: str, file: Path) -> None:
    """What `COPY ... TO STDOUT` sends."""
    with db.engine.connect() as connection, file.open("wb") as out:
        cursor: Any = connection.connection.cursor()
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f"COPY ({question}) TO STDOUT (FORMAT csv)") as parts:
            for part in parts:
                out.write(part)
