"""This file is about the operator's door to the roles of PostgreSQL: `flask db-roles`."""

import sys

import click
from flask.cli import with_appcontext

from clinic.core.db.engine import db
from clinic.core.db.roles import SCRIPT, faults
from clinic.core.db.types import Base


@click.command("db-roles")
@click.option("--check", is_flag=True, help="Say what the role that is connected could get past.")
@with_appcontext
def db_roles(*, check: bool) -> None:
    """Print what an administrator of PostgreSQL runs once, before the first migration.

    `flask db-roles | psql -v database=clinic`. It makes the roles of owner, program and backups;
    run it again at any time. With --check: exits 1 and says what is not as it should be.
    """
    if not check:
        click.echo(SCRIPT, nl=False)
        return
    with db.engine.connect() as connection:
        found = faults(connection, Base.metadata)
        engine = connection.dialect.name
    for fault in found:
        click.echo(fault)
    if found:
        sys.exit(1)
    click.echo(
        "SQLite knows no roles: the program alone keeps the clinics apart."
        if engine == "sqlite"
        else "The database keeps the clinics apart, and this role cannot turn that off."
    )
