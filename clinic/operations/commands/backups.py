"""This file is about the operator's door to backups: `flask backup ...`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from clinic.operations.actions import backups as actions
from clinic.operations.queries.backups import backup_folder, backups, kept_at
from clinic.operations.rules.backups import BadBackup, Check, Kept

backup = AppGroup("backup", help="Backups: made, brought back to look at them, restored.")
NEW = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
REFUSALS = (BadBackup, actions.NoKey, actions.NotRestored, actions.ToolFailed)


@contextmanager
def refusals() -> Iterator[None]:
    """What went wrong as one sentence, and exit 1."""
    try:
        yield
    except REFUSALS as fault:
        raise click.ClickException(str(fault)) from fault
    except OSError as fault:
        where = f" ({fault.filename})" if fault.filename else ""
        raise click.ClickException(f"{fault.strerror or type(fault).__name__}{where}.") from fault
    except DBAPIError as fault:
        code = getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "sqlite_errorname", "")
        raise click.ClickException(f"The database refused ({code}).") from fault


def folder() -> Path:
    """Where backups lie. Raises ClickException when nobody said."""
    named = backup_folder()
    if named is None:
        raise click.ClickException("CLINIC_BACKUP_FOLDER names no folder for backups.")
    if not named.is_dir():
        raise click.ClickException(f"The folder for backups is not there: {named}")
    return named


@backup.command("key")
@click.argument("file", type=NEW)
def key(file: Path) -> None:
    """Make the key that closes backups, in a new FILE.

    Print it, or copy it to a place that burns on another day than the server and its backups.
    """
    with refusals():
        mark = actions.new_key(file)
    click.echo(f"Key {mark} in {file}. Without it no backup opens: keep a copy elsewhere.")


@backup.command("create")
@click.option("--keep", type=click.IntRange(2), help="Afterwards only the newest so many stay.")
@click.option("--verify", "look", is_flag=True, help="Bring it back at once and look at it.")
def create(*, keep: int | None, look: bool) -> None:
    """Make a backup while the program runs. The newest that came back whole is never deleted."""
    with refusals():
        path, made = actions.create(folder())
        said = f"{made.contents.rows} rows, {made.contents.events} events of the trail"
        click.echo(f"{path}: {said}, {len(made.files) - 1} files of exports")
        check = actions.verify(path) if look else None
        for one in actions.prune(keep) if keep else ():
            click.echo(f"deleted {one.path}")
    if check:
        tell(check)


@backup.command("verify")
@click.argument("file", type=THERE, required=False)
def verify(file: Path | None) -> None:
    """Bring FILE (the newest without) back in a scratch place, walk its trail, count its rows.

    Exits 1 when anything is missing or otherwise than it was.
    """
    path = file or newest()
    with refusals():
        check = actions.verify(path)
    click.echo(path)
    tell(check)


def newest() -> Path:
    """The newest backup. Raises ClickException when there is none."""
    folder()
    found = backups()
    if not found:
        raise click.ClickException("There is no backup yet: `flask backup create`.")
    return Path(found[0].path)


def tell(check: Check) -> None:
    """How a backup was found; one that is not whole ends the program with 1."""
    if check.whole:
        click.echo(f"whole: {check.rows} rows, {check.events} events, {check.seconds} s")
        return
    click.echo(f"NOT WHOLE: {check.why}", err=True)
    sys.exit(1)


@backup.command("list")
def show() -> None:
    """Every backup, the newest first, and how it was last found."""
    folder()
    for one in backups():
        click.echo(f"{one.made_at:%Y-%m-%d %H:%M} UTC  {one.size:>12} bytes  {found(one)}")


def found(one: Kept) -> str:
    """How a backup was last found, in a word."""
    if one.check is None:
        return f"never verified  {one.path}"
    return f"{'whole' if one.check.whole else 'NOT WHOLE'}       {one.path}"


@backup.command("restore")
@click.argument("file", type=THERE)
@click.option("--other-keys", is_flag=True, help="The keys of the backup are lost; go on anyway.")
def restore(file: Path, *, other_keys: bool) -> None:
    """Put FILE into this installation, in which there is no database yet.

    Stop the program first. Nothing is written over what is there.
    """
    if kept_at(file) is None:
        raise click.ClickException(f"{file} is no backup.")
    with refusals():
        said = actions.restore(file, other_keys=other_keys)
    contents = said.contents
    click.echo(f"restored: {contents.rows} rows, {contents.events} events of the trail, as of ")
    click.echo(f"{said.made_at}. Tables of revision {contents.revision}: `flask db upgrade` next.")
