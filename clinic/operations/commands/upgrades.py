"""This file is about `flask upgrade rehearse`: an upgrade tried on a copy before it is done."""

import sys
from pathlib import Path
from tempfile import gettempdir

import click
from flask.cli import AppGroup

from clinic.operations.actions.rehearsing import rehearse
from clinic.operations.commands.backups import refusals
from clinic.operations.queries.backups import backup_folder

upgrade = AppGroup("upgrade", help="An upgrade, tried before it is done.")
ROOM = click.Path(exists=True, file_okay=False, path_type=Path)


@upgrade.command("rehearse")
@click.option("--folder", type=ROOM, help="Where the copy may lie; else that of backups.")
def try_it(folder: Path | None) -> None:
    """Bring a copy of the database to the tables of this version, look at it, throw it away.

    The program may run meanwhile. Exits 1 when anything would be lost or wrong.
    """
    with refusals():
        done = rehearse(folder or backup_folder() or Path(gettempdir()))
    was, would = done.before, done.after
    click.echo(f"copied {was.rows} rows in {done.copying_seconds:.1f} s")
    if was.revision == would.revision:
        click.echo(f"the tables are of this version already: revision {was.revision}")
    else:
        click.echo(
            f"revision {was.revision} -> {would.revision} in {done.upgrade_seconds:.1f} s:"
            " so long nobody can save"
        )
    for fault in done.faults:
        click.echo(f"WRONG: {fault}", err=True)
    if done.faults:
        sys.exit(1)
    click.echo(f"afterwards {would.rows} rows; {would.events} events of the trail hold")
