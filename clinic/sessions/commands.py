"""This file is about the operator's door to sessions: `flask sessions ...`."""

import uuid
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from clinic.accounts import queries as accounts
from clinic.core.acting import Acting, act_as, acting
from clinic.core.db import db, job
from clinic.core.errors import DomainError, Unprocessable
from clinic.core.permissions import GRANTS, Permission, Role
from clinic.patients.models import Patient
from clinic.protocols.commands import publisher
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules.paper import read_sheet
from clinic.sessions.rules.paper.sheet import day_of
from clinic.sessions.views.downtime import ids_of_running, in_words, refresh
from clinic.sessions.views.transcribing import Report, import_sheet

sessions = AppGroup("sessions", help="Sessions on paper: into the program, and out of it.")
CLINIC = click.option("--clinic", "clinic_code", required=True, help="Short name of the clinic.")
BY = click.option("--by", "email", required=True, help="E-mail address of who answers for it.")


@sessions.command("import")
@click.argument("flowsheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@CLINIC
@BY
@click.option("--session", "session_id", type=click.UUID, help="Which one, if she has several.")
@click.option("--checked", is_flag=True, help="Unlikely values were compared with the paper.")
def import_flowsheet(
    flowsheet: Path, clinic_code: str, email: str, session_id: uuid.UUID | None, *, checked: bool
) -> None:
    """Read a FLOWSHEET (CSV) into the session of its patient and day.

    Entries are marked as transcribed. What cannot be read is named with its line, the rest is
    stored; reading the same file once more doubles nothing. Exits 1 when a line was refused.
    """
    somebody, role = worker(clinic_code, email)
    content = flowsheet.read_bytes()
    try:
        with act_as(somebody), job():
            session = session_of(content, session_id)
            report = import_sheet(session, content, role, checked=checked)
    except Unprocessable as refusal:
        words = " ".join(sentence for found in refusal.fields.values() for sentence in found)
        raise click.ClickException(words or str(refusal)) from refusal
    except (DomainError, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    tell(report)


def worker(clinic_code: str, email: str) -> tuple[Acting, Role]:
    """Somebody who may log. Raises ClickException for anybody else."""
    somebody = publisher(clinic_code, email)
    member = accounts.membership_of(somebody.actor_id, somebody.clinic_id)
    db.session.rollback()
    if member is None or Permission.SESSION_LOG not in GRANTS[member.role]:
        raise click.ClickException(f"{email} may not write in the log of a session.")
    return somebody, member.role


def session_of(content: bytes, session_id: uuid.UUID | None) -> TreatmentSession:
    """The session of a sheet's patient and day. Raises ClickException when there is not one."""
    if session_id is not None:
        found = db.session.get(TreatmentSession, session_id)
        return found or refuse("There is no such session in this clinic.")
    heading = read_sheet(content, acting().timezone).heading
    day = datetime.combine(day_of(heading["date"]), time(), acting().timezone)
    begins, ends = day.astimezone(UTC), (day + timedelta(days=1)).astimezone(UTC)
    hers = (
        select(TreatmentSession)
        .join(Patient, Patient.id == TreatmentSession.patient_id)
        .where(Patient.number == heading["number"])
        .where(TreatmentSession.planned_at >= begins, TreatmentSession.planned_at < ends)
    )
    sessions_found = db.session.scalars(hers).all()
    if len(sessions_found) != 1:
        count = len(sessions_found) or "no"
        refuse(f"{heading['number']} has {count} sessions on {heading['date']}; say --session.")
    return sessions_found[0]


def refuse(words: str) -> TreatmentSession:
    """Stop with a sentence."""
    raise click.ClickException(words)


def tell(report: Report) -> None:
    """What became of the sheet, line by line."""
    for fault in report.refused:
        click.echo(f"line {fault.line}: {fault.reason}")
    click.echo(
        f"{report.stored} stored, {report.known} stored before, {len(report.refused)} refused"
    )
    if report.refused:
        raise SystemExit(1)


@sessions.command("downtime")
@CLINIC
@BY
def downtime(clinic_code: str, email: str) -> None:
    """Print every running session into CLINIC_DOWNTIME_FOLDER now, and remove the others."""
    folder = current_app.config["DOWNTIME_FOLDER"]
    if folder is None:
        raise click.ClickException("CLINIC_DOWNTIME_FOLDER is not set.")
    somebody, _ = worker(clinic_code, email)
    try:
        with act_as(somebody):
            running = db.session.scalars(ids_of_running()).all()
            db.session.rollback()
            for session_id in [*running, None]:
                refresh(session_id)
    except (DomainError, OSError) as fault:
        raise click.ClickException(in_words(fault, folder)) from fault
    click.echo(f"{len(running)} running sessions are in {folder}")
