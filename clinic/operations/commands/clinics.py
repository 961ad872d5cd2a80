"""This file is about the operator's door to whole clinics: `flask clinic ...`."""

import json
import os
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from clinic.accounts import queries as accounts
from clinic.core.acting import Acting, act_as
from clinic.core.db import db
from clinic.core.permissions import GRANTS, Permission
from clinic.operations import actions, queries
from clinic.operations.rules import Unreadable
from clinic.protocols.commands import publisher

clinic = AppGroup("clinic", help="A whole clinic: out of this installation, into an empty one.")
NEW = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@clinic.command("export")
@click.argument("file", type=NEW)
@click.option("--clinic", "clinic_code", required=True, help="Short name of the clinic.")
@click.option("--by", "email", required=True, help="E-mail address of who answers for it.")
@click.option("--purpose", required=True, help="What it is for; stands in the trail.")
def export(file: Path, clinic_code: str, email: str, purpose: str) -> None:
    """Write everything that a clinic owns into FILE (ZIP), names and all.

    Keep it like the database. Passwords and second steps stay behind.
    """
    somebody = taker(clinic_code, email)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise click.ClickException(f"{file} is there already.") from fault
    try:
        with os.fdopen(opened, "wb") as written, act_as(somebody):
            manifest = actions.take(written, purpose)
    except BaseException:
        file.unlink()  # a part of a clinic must not be taken for the whole
        raise
    click.echo(f"{manifest.rows} rows of {len(manifest.tables)} tables in {file}")
    click.echo(f"trail: {manifest.trail['events']} events, {manifest.trail['hash']}")


def taker(clinic_code: str, email: str) -> Acting:
    """Somebody who may take data with names. Raises ClickException for anybody else."""
    somebody = publisher(clinic_code, email)
    member = accounts.membership_of(somebody.actor_id, somebody.clinic_id)
    db.session.rollback()
    if member is None or Permission.EXPORT_IDENTIFIED not in GRANTS[member.role]:
        raise click.ClickException(f"{email} may not take data with names.")
    return somebody


@clinic.command("import")
@click.argument("file", type=THERE)
def load(file: Path) -> None:
    """Load FILE into this installation, in which there is no clinic yet: all of it, or nothing.

    Give everybody a code for a password afterwards: `flask user link`.
    """
    try:
        with file.open("rb") as opened:
            manifest = actions.load(opened)
    except (actions.NotEmpty, Unreadable) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{manifest.clinic}: {manifest.rows} rows of {len(manifest.tables)} tables")
    click.echo(f"trail: {manifest.trail['events']} events came along, whole")


@clinic.command("schema")
@with_appcontext
def schema() -> None:
    """Print what stands in such a file: each table, each column, what it holds (JSON)."""
    click.echo(json.dumps(queries.schema(), indent=1))
